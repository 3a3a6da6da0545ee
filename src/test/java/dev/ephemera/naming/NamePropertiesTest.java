package dev.ephemera.naming;

import static dev.ephemera.naming.OwnerMarks.recordValue;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every name of a million tuples of project, change and key: legal in the strictest place that it is used in, and nobody
 * else's. The tuples are random texts that names are broken by ({@link AwkwardText}), and around each the ones that are
 * likeliest to collide with it ({@link Tuple#family}).
 *
 * <p>A generator of our own and no library for properties (jqwik): what finds a collision here is how the neighbours of a
 * tuple are made, which no library knows, and the set of all names, which outlives a try. What is left is a seed.
 *
 * <p>The seed is fixed; {@code -Dephemera.seed=N} takes another, and each failure says it.
 */
class NamePropertiesTest {
    private static final long SEED = Long.getLong("ephemera.seed", 2026);
    private static final int DIFFERENT_TUPLES = 1_000_000;
    /** Families that are made before any is looked at; a few megabytes. */
    private static final int BATCH = 512;

    private static final int LONGEST_FAMILY = 1 << 10;
    private static final int FAULTS_TO_SHOW = 10;
    /** The one role that a second thing of a key has so far. */
    private static final String ROLE = "pods";

    // Possessive, and the end looked at from behind: a pattern that tries again would take most of the test's time.
    /** RDS's identifiers, stricter than a DNS label: a letter first, no two hyphens together. */
    private static final Pattern PHYSICAL = Pattern.compile("(?!sg-|kube-|.*--)[a-z][a-z0-9-]{0,62}+(?<!-)");
    /** RFC 1123; two hyphens in third and fourth place are reserved (RFC 5891, {@code xn--}). */
    private static final Pattern HOST_LABEL = Pattern.compile("(?!-|..--)[a-z0-9-]{1,63}+(?<!-)");

    private static final Pattern PULUMI_STACK = Pattern.compile("[A-Za-z0-9_.-]{1,100}+");
    private static final Pattern LABEL_KEY =
            Pattern.compile("([a-z0-9.-]{1,253}+/)?(?![_.-])[A-Za-z0-9_.-]{1,63}+(?<![_.-])");
    private static final Pattern LABEL_VALUE = Pattern.compile("(?![_.-])[A-Za-z0-9_.-]{1,63}+(?<![_.-])");
    private static final Pattern TAG_KEY = Pattern.compile("(?!aws:)[A-Za-z0-9 +=._:/@-]{1,127}+");
    private static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9 +=._:/@-]{1,256}+");
    /** One string of a TXT record, without what would need escapes. */
    private static final Pattern RECORD_VALUE = Pattern.compile("[ !#-\\[\\]-~]{1,255}+");

    private final TakenNames taken = new TakenNames();
    private final List<String> faults = new ArrayList<>();

    /**
     * A name, and all that it is to be the name of.
     *
     * @param kind names of different kinds may agree
     */
    private record Name(String kind, Pattern form, String text, String owner) {}

    /** All names of one tuple, and what is wrong with them whoever else has them. */
    private record Named(Tuple tuple, Name physical, List<Name> others, List<String> faults) {}

    @Test
    void everyNameOfAMillionTuplesIsLegalAndNobodyElses() {
        int tuples = 0;
        for (int number = 0; tuples < DIFFERENT_TUPLES && faults.size() < FAULTS_TO_SHOW; number += BATCH) {
            int first = number;
            // Names are made by all cores; who has them is kept by one, in order, so that a seed repeats its run.
            var batch = IntStream.range(0, BATCH)
                    .parallel()
                    .mapToObj(each -> family(first + each))
                    .toList();
            for (int each = 0; each < BATCH; each++) {
                var family = batch.get(each);
                for (int member = 0; member < family.size(); member++) {
                    if (take(family.get(member), (number + each) * LONGEST_FAMILY + member)) {
                        tuples++;
                    }
                }
            }
        }
        assertThat(faults).as("with -Dephemera.seed=%d", SEED).isEmpty();
    }

    private static List<Named> family(int number) {
        return Tuple.family(SEED + number).stream()
                .map(NamePropertiesTest::named)
                .toList();
    }

    private static Named named(Tuple tuple) {
        var names = tuple.names();
        var faults = new ArrayList<String>();
        var physical = physical(tuple, names);
        var others = shared(tuple, names);
        check(tuple, physical.form(), physical.text(), faults);
        others.forEach(name -> check(tuple, name.form(), name.text(), faults));
        check(tuple, TAG_KEY, TAG_VALUE, names.tags(tuple.key()), faults);
        check(tuple, LABEL_KEY, LABEL_VALUE, names.labels(tuple.key()), faults);
        check(tuple, LABEL_KEY, LABEL_VALUE, names.databaseLabel(tuple.key()), faults);
        return new Named(tuple, physical, others, faults);
    }

    private static void check(
            Tuple tuple, Pattern keys, Pattern values, Map<String, String> marks, List<String> faults) {
        marks.forEach((key, value) -> {
            check(tuple, keys, key, faults);
            check(tuple, values, value, faults);
        });
    }

    private static void check(Tuple tuple, Pattern form, String text, List<String> faults) {
        if (!form.matcher(text).matches()) {
            faults.add("%s: got \"%s\", want %s".formatted(tuple, text, form));
        }
    }

    /** Whether this tuple is none of the earlier ones: those have no name with its owner. */
    private boolean take(Named named, int place) {
        faults.addAll(named.faults());
        int before = taken.size();
        take(named.tuple(), named.physical(), place);
        var isNew = taken.size() > before;
        named.others().forEach(name -> take(named.tuple(), name, place));
        return isNew;
    }

    private void take(Tuple tuple, Name name, int place) {
        taken.take(name.kind() + name.text(), name.owner(), place).ifPresent(earlier -> compare(tuple, name, earlier));
    }

    private void compare(Tuple tuple, Name name, int earlier) {
        var other = Tuple.family(SEED + earlier / LONGEST_FAMILY).get(earlier % LONGEST_FAMILY);
        var names = other.names();
        Stream.concat(Stream.of(physical(other, names)), shared(other, names).stream())
                .filter(theirs ->
                        theirs.kind().equals(name.kind()) && theirs.text().equals(name.text()))
                .filter(theirs -> !theirs.owner().equals(name.owner()))
                .forEach(theirs ->
                        faults.add("%s and %s both have the %s %s".formatted(other, tuple, name.kind(), name.text())));
    }

    private static Name physical(Tuple tuple, EnvironmentNames names) {
        return new Name("physical name", PHYSICAL, names.physical(tuple.key()), thing(tuple, names));
    }

    private static List<Name> shared(Tuple tuple, EnvironmentNames names) {
        var environment = environment(names);
        var thing = thing(tuple, names);
        var front = Optional.<Key>empty();
        var key = Optional.of(tuple.key());
        // Where projects share a zone nobody else may have the host; else nobody else of the project.
        var ownZone = "host in the zone of " + names.project();
        return List.of(
                new Name("physical name", PHYSICAL, names.physical(tuple.key(), ROLE), thing + " " + ROLE),
                new Name("stack", PULUMI_STACK, names.stack().value(), tuple.ofPullRequest() + tuple.change()),
                new Name("namespace", PHYSICAL, names.namespace(), environment),
                new Name("owner record", RECORD_VALUE, recordValue(names.project(), names.stack()), environment),
                new Name("host", HOST_LABEL, names.hostLabel(front, true), environment),
                new Name("host", HOST_LABEL, names.hostLabel(key, true), thing),
                new Name(ownZone, HOST_LABEL, names.hostLabel(front, false), environment),
                new Name(ownZone, HOST_LABEL, names.hostLabel(key, false), thing));
    }

    private static String environment(EnvironmentNames names) {
        return names.project() + " " + names.stack();
    }

    private static String thing(Tuple tuple, EnvironmentNames names) {
        return environment(names) + " " + tuple.key();
    }
}
