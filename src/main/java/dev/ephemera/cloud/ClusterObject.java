package dev.ephemera.cloud;

import java.util.List;

/**
 * A Kubernetes object as the API server holds it.
 *
 * @param uid another for each object that ever had this name
 * @param generation counts the changes of its specification; 0 where the kind does not count
 * @param images of its pods' containers; empty for a kind without pods
 */
public record ClusterObject(String kind, String name, String uid, long generation, List<String> images) {}
