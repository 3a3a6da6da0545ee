package dev.ephemera.naming;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the names of one thing are made of: a project, the change that is shown, and a key.
 *
 * @param change a pull request's number, or a branch as git has it
 */
record Tuple(String project, boolean ofPullRequest, String change, Key key) {
    // Asked before one is made, because most texts are neither, and a refusal costs more than all names of a tuple.
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
    private static final Pattern KEY = Pattern.compile(Key.PATTERN);

    /** The same for the same {@code seed}: a tuple, and others whose names are the likeliest to be taken for its. */
    static List<Tuple> family(long seed) {
        var random = new Random(seed);
        var first = next(random);
        var family = new LinkedHashSet<Tuple>(List.of(first));
        family.addAll(neighbours(first, next(random)));
        family.addAll(withTheBoundariesMoved(first));
        family.addAll(calledLikeTheNamesOf(first));
        return List.copyOf(family);
    }

    private static Tuple next(Random random) {
        var project = random.nextInt(3) == 0 ? AwkwardText.key(random).value() : AwkwardText.project(random);
        var key = AwkwardText.key(random);
        return random.nextInt(4) == 0
                ? new Tuple(project, true, String.valueOf(random.nextLong(1, 1L << random.nextInt(1, 49))), key)
                : new Tuple(project, false, AwkwardText.next(random, 1, 250), key);
    }

    /** Those that differ in one of the three, in case, or in a separator. */
    private static Collection<Tuple> neighbours(Tuple one, Tuple other) {
        return List.of(
                other,
                one.withProject(other.project),
                new Tuple(one.project, one.ofPullRequest, one.change, other.key),
                new Tuple(one.project, other.ofPullRequest, other.change, one.key),
                one.withProject(one.project.toUpperCase(Locale.ROOT)),
                one.withProject(one.project.toLowerCase(Locale.ROOT)),
                one.withProject(one.project.replaceAll("[._-]+", "-")),
                one.withBranch(one.change.toUpperCase(Locale.ROOT)),
                one.withBranch(one.change.toLowerCase(Locale.ROOT)),
                one.withBranch(one.change.replaceAll("[/._-]", "-")),
                one.withBranch(one.change + " "),
                one.withBranch("pr-" + one.change));
    }

    /** Those whose parts, joined by hyphens, read the same. */
    private static Collection<Tuple> withTheBoundariesMoved(Tuple one) {
        var moved = new LinkedHashSet<Tuple>();
        for (var text : List.of(one.change, one.stack().value(), one.key.value())) {
            moved.addAll(one.withProjects(one.project + "-" + text));
        }
        var stack = one.stack().value();
        for (var joint : List.of("", "-")) {
            // A stack in the middle may be the end of the project or the beginning of the key.
            moved.addAll(one.withKeys("k" + joint + stack + joint + "k"));
            one.withKeys("k")
                    .forEach(each -> moved.addAll(each.withProjects(one.project + joint + stack + joint + "k")));
        }
        var project = Slug.of(one.project);
        for (int cut = project.indexOf('-'); cut > 0; cut = project.indexOf('-', cut + 1)) {
            var begin = project.substring(0, cut);
            var end = project.substring(cut + 1);
            moved.addAll(one.withKeys(one.key + "-" + begin).stream()
                    .map(each -> each.withProject(end))
                    .toList());
            moved.add(one.withProject(begin).withBranch(end + "-" + one.change));
        }
        var key = one.key.value();
        for (int cut = key.indexOf('-'); cut > 0; cut = key.indexOf('-', cut + 1)) {
            var end = key.substring(cut + 1);
            moved.addAll(one.withKeys(key.substring(0, cut)).stream()
                    .flatMap(each -> each.withProjects(end + "-" + one.project).stream())
                    .toList());
            moved.addAll(
                    one.withBranch(one.change + "-" + key.substring(0, cut)).withKeys(end));
        }
        return moved;
    }

    /** Those in which a name of {@code one}, or the end of a name, is a project, a branch or a key. */
    private static Collection<Tuple> calledLikeTheNamesOf(Tuple one) {
        var names = one.names();
        var called = new LinkedHashSet<Tuple>();
        Stream.of(
                        names.namespace(),
                        names.physical(one.key),
                        names.stack().value(),
                        names.labels().get(OwnerMarks.LABEL_PROJECT),
                        names.hostLabel(Optional.empty(), true),
                        names.hostLabel(Optional.of(one.key), false),
                        names.hostLabel(Optional.of(one.key), true))
                .flatMap(name -> Stream.concat(Stream.of(name), endsBehindTheStack(name, names.stack())))
                .forEach(text -> {
                    called.addAll(one.withProjects(text));
                    called.add(one.withBranch(text));
                    called.addAll(one.withKeys(text));
                    // A host's end may be a key and a project.
                    for (int cut = text.indexOf("--"); cut > 0; cut = text.indexOf("--", cut + 1)) {
                        var end = text.substring(cut + 2);
                        called.addAll(one.withKeys(text.substring(0, cut)).stream()
                                .flatMap(each -> each.withProjects(end).stream())
                                .toList());
                    }
                });
        return called;
    }

    private static Stream<String> endsBehindTheStack(String name, StackName stack) {
        var begin = stack + "--";
        return name.startsWith(begin) ? Stream.of(name.substring(begin.length())) : Stream.empty();
    }

    private Tuple withProject(String text) {
        return new Tuple(text, ofPullRequest, change, key);
    }

    private Tuple withBranch(String text) {
        return new Tuple(project, false, text, key);
    }

    /** Nothing where no project may be called so. */
    private List<Tuple> withProjects(String text) {
        return PROJECT.matcher(text).matches() ? List.of(withProject(text)) : List.of();
    }

    /** Nothing where no key may be called so. */
    private List<Tuple> withKeys(String text) {
        return KEY.matcher(text).matches()
                ? List.of(new Tuple(project, ofPullRequest, change, new Key(text)))
                : List.of();
    }

    StackName stack() {
        return ofPullRequest ? StackName.ofPullRequest(Long.parseLong(change)) : StackName.ofBranch(change);
    }

    EnvironmentNames names() {
        return new EnvironmentNames(new ProjectName(project), stack());
    }
}
