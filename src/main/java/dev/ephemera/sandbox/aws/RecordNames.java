package dev.ephemera.sandbox.aws;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Record names and ids as the official provider writes them. */
final class RecordNames {
    /** What {@code aws:route53/record:Record} of the sandbox serves. */
    static final Set<String> TYPES = Set.of("A", "AAAA", "CNAME", "TXT");

    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");
    private static final Pattern ID = Pattern.compile("([^_/]+)_(.*)_([A-Z]+)");

    private RecordNames() {}

    /** Parts of an import id, {@code ZONE_name_TYPE}; the name may have underscores of its own. */
    record Id(String zone, String name, String type) {
        static Id parse(String id) {
            var match = ID.matcher(id);
            if (!match.matches()) {
                throw new WaitFailure(
                        "unexpected id \"" + id + "\": want ZONE_name_TYPE, such as Z1_www.example.com_A");
            }
            return new Id(match.group(1), match.group(2), match.group(3));
        }

        @Override
        public String toString() {
            return zone + "_" + name + "_" + type;
        }
    }

    /** Lower case, without the dot at the end; {@code \052} and its like become the characters they stand for. */
    static String clean(String name) {
        var plain = OCTAL.matcher(name)
                .replaceAll((MatchResult octal) ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
        return (plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain).toLowerCase(Locale.ROOT);
    }

    /** The whole name: one that does not end in the zone's name is relative to it. */
    static String absolute(String name, String zone) {
        var plain = clean(name);
        var zoneName = clean(zone);
        if (plain.isEmpty()) {
            return zoneName;
        }
        return plain.equals(zoneName) || plain.endsWith("." + zoneName) ? plain : plain + "." + zoneName;
    }

    /** {@code /hostedzone/Z1} and {@code Z1} are the same zone. */
    static String zoneId(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
