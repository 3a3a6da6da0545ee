package dev.ephemera.toolchain;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The three numbers of a released version; what stands behind them (a pre-release, a build) is not looked at. */
record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\d.])v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");

    /**
     * The first version in what a program prints about itself. Empty where there is none: a program that was built without
     * its version's linker flag prints nothing, and is then never new enough.
     */
    static Optional<Version> in(String text) {
        var found = NUMBERS.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        int patch = found.group(3) == null ? 0 : Integer.parseInt(found.group(3));
        return Optional.of(new Version(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), patch));
    }

    /** The same major version, and the same minor version or a newer one. */
    boolean replaces(Version pinned) {
        return major == pinned.major && minor >= pinned.minor;
    }

    boolean sameMinor(Version other) {
        return major == other.major && minor == other.minor;
    }

    @Override
    public int compareTo(Version other) {
        return Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .thenComparingInt(Version::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
