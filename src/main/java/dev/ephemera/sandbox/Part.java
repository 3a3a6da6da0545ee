package dev.ephemera.sandbox;

import java.util.EnumSet;
import java.util.Set;

/** A process of the sandbox. The order is the one in which they need each other. */
public enum Part {
    ETCD(Place.LOOPBACK, 0, "etcd", "etcd"),
    KUBE_APISERVER(Place.LOOPBACK, 1, "kube-apiserver", "kube-apiserver"),
    KUBE_CONTROLLER_MANAGER(Place.LOOPBACK, 2, "kube-controller-manager", "kube-controller-manager"),
    KUBE_SCHEDULER(Place.LOOPBACK, 3, "kube-scheduler", "kube-scheduler"),
    /** Plays simulated nodes: pods that are scheduled to them run, jobs complete. */
    KWOK(Place.LOOPBACK, 4, "kwok-controller", "kwok-controller"),
    /** The emulated AWS. Its cloud is in its memory and ends with it. */
    MOTO(Place.LOOPBACK, 5, "moto", "start-moto.py"),
    /** Serves Pulumi the resource types of the AWS provider. */
    AWS_PROVIDER(Place.LOOPBACK, 6, "aws-provider", "dev.ephemera.sandbox.aws.AwsProvider"),

    /** The real node's first process: its network, mounts and all other processes of it end with it. */
    NODE(Place.NOWHERE, 0, "node", "unshare"),
    /** Hands connections from the node on to the API server, which listens on the loopback network only. */
    APISERVER_LINK(Place.MACHINE, 0, "kube-apiserver-link", "kube-apiserver-link"),
    /** Answers for the cluster's Services, the endpoints of databases and the hosted zone. */
    COREDNS(Place.MACHINE, 53, "coredns", "coredns"),
    CONTAINERD(Place.NOWHERE, 0, "containerd", "containerd"),
    KUBELET(Place.NODE, 10250, "kubelet", "kubelet"),
    KUBE_PROXY(Place.NODE, 10256, "kube-proxy", "kube-proxy"),
    /** Enforces network policies. */
    KUBE_ROUTER(Place.NOWHERE, 0, "kube-router", "kube-router"),
    /** Serves the shared Gateway. */
    TRAEFIK(Place.NODE, 80, "traefik", "traefik");

    /** The processes that {@code kwokctl} starts. */
    static final Set<Part> CONTROL_PLANE = EnumSet.range(ETCD, KWOK);

    /** The real node, its gateway and its name server. */
    static final Set<Part> REAL_NODE = EnumSet.range(NODE, TRAEFIK);

    /** Those that end with {@link #NODE}, by which they are ended. */
    static final Set<Part> INSIDE_THE_NODE = EnumSet.range(CONTAINERD, TRAEFIK);

    /** Where a part listens. */
    enum Place {
        /** On 127.0.0.1, at one of the sandbox's {@link Ports}. */
        LOOPBACK,
        /** On this machine's end of the link to the real node. */
        MACHINE,
        /** On the node's end. */
        NODE,
        /** On no port. */
        NOWHERE
    }

    private final Place place;
    private final int port;
    private final String label;
    private final String program;

    Part(Place place, int port, String label, String program) {
        this.place = place;
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

    Place place() {
        return place;
    }

    /** Which one it has of the sandbox's {@link Ports}; outside of the loopback network, the port itself. */
    int port() {
        return port;
    }

    boolean isControlPlane() {
        return CONTROL_PLANE.contains(this);
    }
}
