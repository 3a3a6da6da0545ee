package dev.ephemera.sandbox;

import java.util.EnumSet;
import java.util.Set;

/** A process of the sandbox. The order is the one in which they need each other. */
public enum Part {
    ETCD("etcd", "etcd"),
    KUBE_APISERVER("kube-apiserver", "kube-apiserver"),
    KUBE_CONTROLLER_MANAGER("kube-controller-manager", "kube-controller-manager"),
    KUBE_SCHEDULER("kube-scheduler", "kube-scheduler"),
    /** Plays the nodes: pods that are scheduled to them run, jobs complete. */
    KWOK("kwok-controller", "kwok-controller"),
    /** The emulated AWS. Its cloud is in its memory and ends with it. */
    MOTO("moto", "start-moto.py"),
    /** Serves Pulumi the resource types of the AWS provider. */
    AWS_PROVIDER("aws-provider", "dev.ephemera.sandbox.aws.AwsProvider");

    /** The processes that {@code kwokctl} starts. */
    static final Set<Part> CONTROL_PLANE = EnumSet.range(ETCD, KWOK);

    private final String label;
    private final String program;

    Part(String label, String program) {
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

    boolean isControlPlane() {
        return CONTROL_PLANE.contains(this);
    }
}
