package dev.ephemera.naming;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A preview's stack: {@code pr-<number>} for a pull request, {@code br-<slug>-<hash>} for a branch. The hash is of the raw
 * branch name and always there, so that branches whose slugs agree stay apart.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is neither.
 */
public record StackName(String value) {
    /** Longest slug of a branch in a stack's name; keeps {@code br-<slug>-<hash>} at 46 characters, well inside a DNS label. */
    static final int MAXIMUM_SLUG_LENGTH = 30;

    // 15 digits: every such number is exact in a long, and in the double that JSON makes of it.
    private static final Pattern PULL_REQUEST = Pattern.compile("pr-([1-9][0-9]{0,14})");
    private static final Pattern BRANCH =
            Pattern.compile("br-([a-z0-9]+(?:-[a-z0-9]+)*)-[a-z2-7]{%d}".formatted(ShortHash.LENGTH));
    // Taken as code points, so that a whole pair is no match.
    private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

    public StackName {
        var branch = BRANCH.matcher(value);
        if (!PULL_REQUEST.matcher(value).matches()
                && !(branch.matches() && branch.group(1).length() <= MAXIMUM_SLUG_LENGTH)) {
            throw new IllegalArgumentException(
                    "stack \"%s\": want pr-<number> for a pull request, or what `ci/ephemera name --branch NAME` prints for a branch"
                            .formatted(value));
        }
    }

    /** The one that {@code value} is; empty when no preview's stack is called so. */
    public static Optional<StackName> find(String value) {
        try {
            return Optional.of(new StackName(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The stack of pull request {@code number}, from 1. */
    public static StackName ofPullRequest(long number) {
        return new StackName("pr-" + number);
    }

    /**
     * The stack of a branch, for every text that Unicode has.
     *
     * <p>Making one throws {@link IllegalArgumentException} when {@code branch} is blank, or has half of a surrogate pair: all
     * halves have the same bytes in UTF-8, so two branches would have one stack.
     */
    public static StackName ofBranch(String branch) {
        if (branch.isBlank()) {
            throw new IllegalArgumentException("the branch's name is empty: want a name such as feature/checkout");
        }
        if (HALF_A_PAIR.matcher(branch).find()) {
            throw new IllegalArgumentException(
                    "the branch's name has half of a surrogate pair: want its name as git has it, in UTF-8");
        }
        var slug = Slug.cut(Slug.of(branch), MAXIMUM_SLUG_LENGTH);
        return new StackName("br-%s-%s".formatted(slug.isEmpty() ? "branch" : slug, ShortHash.of(branch)));
    }

    /** The pull request's number; empty for a branch. */
    public OptionalLong pullRequest() {
        return number().map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
    }

    private Optional<String> number() {
        var matcher = PULL_REQUEST.matcher(value);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
