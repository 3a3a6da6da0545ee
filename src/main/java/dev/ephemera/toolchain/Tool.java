package dev.ephemera.toolchain;

import java.util.Locale;

/** A program (or, once, a directory) that the rest of the project runs or reads. */
public enum Tool {
    /** Pulumi's command line. */
    PULUMI("pulumi"),
    /** Pulumi's language host for Java; the engine finds it on PATH or beside {@link #PULUMI}. */
    PULUMI_LANGUAGE_JAVA("pulumi-language-java"),
    /** The plugin that the engine looks for in {@code $PULUMI_HOME/plugins/resource-kubernetes-v<version>/}. */
    KUBERNETES_PROVIDER("pulumi-resource-kubernetes"),
    ETCD("etcd"),
    KUBE_APISERVER("kube-apiserver"),
    KUBE_CONTROLLER_MANAGER("kube-controller-manager"),
    KUBE_SCHEDULER("kube-scheduler"),
    KWOK("kwok"),
    KWOKCTL("kwokctl"),
    /** A Python interpreter that can import moto: {@code python -m moto.server -p PORT}. */
    PYTHON_WITH_MOTO("bin/python3"),
    /** A directory: the Gateway API's standard custom resource definitions, one YAML file each. */
    GATEWAY_API_CRDS("standard");

    private final String file;

    Tool(String file) {
        this.file = file;
    }

    /** For people: {@code kube-apiserver}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The path inside the directory that its component is kept in. */
    String file() {
        return file;
    }
}
