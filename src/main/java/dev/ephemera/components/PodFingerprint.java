package dev.ephemera.components;

import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.Variable;
import dev.ephemera.naming.ShortHash;
import java.util.LinkedHashMap;
import java.util.stream.Stream;

/** A hash of all that a pod is made of: another one exactly when a job has to run again because of its own pod. */
final class PodFingerprint {
    private PodFingerprint() {}

    static String of(PodSpec pod) {
        var initContainers = pod.initContainers().entrySet().stream()
                .flatMap(each -> Stream.of(each.getKey().value(), of(each.getValue())));
        return hash(Stream.of(
                of(pod.container()),
                hash(initContainers),
                String.valueOf(pod.runAsUser().orElse(0)),
                hash(pod.databases().stream().map(Object::toString)),
                hash(pod.imagePullSecrets().stream().map(Object::toString)),
                pod.serviceAccount()
                        .map(account -> ShortHash.of(
                                ShortHash.ofMap(account.annotations()),
                                account.podIdentity()
                                        .map(identity -> ShortHash.of(
                                                identity.cluster(),
                                                identity.role().value()))
                                        .orElse("")))
                        .orElse("")));
    }

    private static String of(ContainerSpec container) {
        var variables = new LinkedHashMap<String, String>();
        container.env().forEach((name, variable) -> variables.put(name.value(), of(variable)));
        return ShortHash.of(
                container.image().value(),
                hash(container.command().stream()),
                hash(container.args().stream()),
                hash(variables.entrySet().stream().flatMap(each -> Stream.of(each.getKey(), each.getValue()))),
                container.resources().cpu().value(),
                container.resources().memory().value(),
                hash(container.volumes().entrySet().stream()
                        .flatMap(mount ->
                                Stream.of(mount.getKey().value(), hash(Volumes.words(mount.getValue()).stream())))));
    }

    private static String of(Variable variable) {
        if (variable instanceof Variable.OfDatabase of) {
            return ShortHash.of("database", of.database().value(), of.field().name());
        }
        if (variable instanceof Variable.OfSecret of) {
            return ShortHash.of("secret", of.secret().value(), of.key().value());
        }
        if (variable instanceof Variable.OfWorkload of) {
            return ShortHash.of("workload", of.workload().value(), of.scheme());
        }
        return variable instanceof Variable.OfUrl of
                ? ShortHash.of("url", of.url().value())
                : ShortHash.of("literal", ((Variable.Literal) variable).value());
    }

    private static String hash(Stream<String> texts) {
        return ShortHash.of(texts.toArray(String[]::new));
    }
}
