package dev.ephemera.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who a pod is towards AWS.
 *
 * @param annotations of a Kubernetes service account of the pod's own, for example {@code eks.amazonaws.com/role-arn}
 * @param podIdentity an association of EKS Pod Identity instead
 */
public record ServiceAccountSpec(Map<String, String> annotations, Optional<PodIdentity> podIdentity) {

    public ServiceAccountSpec {
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    /**
     * The role that EKS Pod Identity gives the pod.
     *
     * @param cluster the EKS cluster's name
     */
    public record PodIdentity(String cluster, RoleArn role) {}
}
