package dev.ephemera.model;

/**
 * Whose cluster and whose account an environment lives in. Credentials and contexts change names; these do not.
 *
 * @param cluster the uid of the namespace {@code kube-system}, which is there as long as the cluster
 * @param account the 12 digits of the AWS account
 */
public record Home(String cluster, String account) {}
