package dev.ephemera.cost;

import java.util.Set;

/** What is known to cost nothing by itself. A kind that is not here and has no rule is told, not taken as free. */
final class FreeKinds {
    private static final String SERVICE = "kubernetes:core/v1:Service";

    /** Objects in the cluster's own store, rules of the network, and bookkeeping. */
    private static final Set<String> FREE = Set.of(
            "kubernetes:core/v1:Namespace",
            "kubernetes:core/v1:ResourceQuota",
            "kubernetes:core/v1:LimitRange",
            "kubernetes:core/v1:Secret",
            "kubernetes:core/v1:ConfigMap",
            "kubernetes:core/v1:ServiceAccount",
            "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
            "kubernetes:traefik.io/v1alpha1:Middleware",
            "kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy",
            "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
            // Waits for a Deployment that has lines of its own.
            "kubernetes:apps/v1:DeploymentPatch",
            // It ends: what its pods take for minutes is no price of an hour.
            "kubernetes:batch/v1:Job",
            "aws:ec2/securityGroup:SecurityGroup",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            "aws:eks/podIdentityAssociation:PodIdentityAssociation");

    private FreeKinds() {}

    static boolean have(StackResource resource) {
        var type = resource.type();
        return FREE.contains(type)
                // Pulumi's own, and our components.
                || type.startsWith("pulumi:")
                || type.startsWith("ephemera:")
                || type.equals(SERVICE) && isInside(resource);
    }

    /** Only a Service of one type is given a load balancer of its own. */
    private static boolean isInside(StackResource service) {
        return !service.block("spec").path("type").asText().equals("LoadBalancer");
    }
}
