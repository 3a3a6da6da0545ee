package dev.ephemera.sandbox;

import java.util.EnumSet;
import java.util.Set;

/** A process of the sandbox. The order is the one in which they need each other. */
public enum Part {
    ETCD(0, "etcd", "etcd"),
    KUBE_APISERVER(1, "kube-apiserver", "kube-apiserver"),
    KUBE_CONTROLLER_MANAGER(2, "kube-controller-manager", "kube-controller-manager"),
    KUBE_SCHEDULER(3, "kube-scheduler", "kube-scheduler"),
    /** Plays the nodes: pods that are scheduled to them run, jobs complete. */
    KWOK(4, "kwok-controller", "kwok-controller"),
    /** The emulated AWS. Its cloud is in its memory and ends with it. */
    MOTO(5, "moto", "start-moto.py"),
    /** Serves Pulumi the resource types of the AWS provider. */
    AWS_PROVIDER(6, "aws-provider", "dev.ephemera.sandbox.aws.AwsProvider");

    /** The processes that {@code kwokctl} starts. */
    static final Set<Part> CONTROL_PLANE = EnumSet.range(ETCD, KWOK);

    private final int port;
    private final String label;
    private final String program;

    Part(int port, String label, String program) {
        this.port = port;
        this.label = label;
        this.program = program;
    }

    /** Its name in messages and file names. */
    public String label() {
        return label;
    }

    /** The argument (or the file name of one) by which a process of this part is told from others. */
    String program() {
        return program;
    }

    /** Which one it has of the sandbox's {@link Ports}. */
    int port() {
        return port;
    }

    boolean isControlPlane() {
        return CONTROL_PLANE.contains(this);
    }
}
