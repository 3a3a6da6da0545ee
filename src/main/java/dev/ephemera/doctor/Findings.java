package dev.ephemera.doctor;

import dev.ephemera.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is found: a check that fails is a finding too, and the next ones are made all the same. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        all.add(finding);
    }

    void addAll(List<Finding> findings) {
        all.addAll(findings);
    }

    /** The answer; empty, and a fault of {@code check}, when there is none. */
    <T> Optional<T> ask(String check, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (Failure failure) {
            add(Finding.failed(check, failure));
            return Optional.empty();
        }
    }

    Diagnosis diagnosis() {
        return new Diagnosis(all);
    }
}
