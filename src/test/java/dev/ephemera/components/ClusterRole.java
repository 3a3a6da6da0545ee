package dev.ephemera.components;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A ClusterRole of a file in ci/rbac.
 *
 * @param rules what it allows; Kubernetes has no denials
 * @param boundTo the groups that have it
 */
record ClusterRole(String name, List<Rule> rules, List<String> boundTo) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Each of the verbs on each of the resources of each of the groups. Of single names, paths and stars we have none. */
    record Rule(Set<String> apiGroups, Set<String> resources, Set<String> verbs) {
        boolean allows(String verb, String group, String resource) {
            return verbs.contains(verb) && apiGroups.contains(group) && resources.contains(resource);
        }
    }

    /** Reads the one ClusterRole of a file, and the bindings of it. */
    static ClusterRole read(Path file) throws IOException {
        var rules = new ArrayList<Rule>();
        var groups = new ArrayList<String>();
        var name = "";
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            for (var document : documents.readAll()) {
                switch (document.path("kind").asText()) {
                    case "ClusterRole" -> {
                        name = document.at("/metadata/name").asText();
                        for (var rule : document.path("rules")) {
                            rules.add(YAML.treeToValue(rule, Rule.class));
                        }
                    }
                    case "ClusterRoleBinding" -> {
                        if (!document.at("/roleRef/name").asText().equals(name)) {
                            throw new IllegalArgumentException(file + " binds another role than its own");
                        }
                        document.path("subjects")
                                .forEach(subject ->
                                        groups.add(subject.path("name").asText()));
                    }
                    default -> throw new IllegalArgumentException(file + " has something else in it: " + document);
                }
            }
        }
        return new ClusterRole(name, rules, groups);
    }

    boolean allows(String verb, String group, String resource) {
        return rules.stream().anyMatch(rule -> rule.allows(verb, group, resource));
    }
}
