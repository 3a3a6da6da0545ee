package dev.ephemera.demo;

import dev.ephemera.cloud.ClusterObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the clouds hold of the environment at one moment, as they say themselves. */
record Sighting(
        List<ClusterObject> objects, List<String> instances, List<String> securityGroups, List<String> records) {

    boolean isEmpty() {
        return objects.isEmpty() && instances.isEmpty() && securityGroups.isEmpty() && records.isEmpty();
    }

    /** What is there, by name. */
    @Override
    public String toString() {
        var names = new ArrayList<String>();
        objects.forEach(object -> names.add(object.kind() + " " + object.name()));
        names.addAll(instances);
        names.addAll(securityGroups);
        names.addAll(records);
        return String.join(", ", names);
    }

    /** The images that its Deployments run and its jobs have run. */
    Stream<String> images() {
        return objects.stream().flatMap(object -> object.images().stream());
    }
}
