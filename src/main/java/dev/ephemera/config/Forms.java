package dev.ephemera.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** The forms that texts of the configuration have. Each throws {@link IllegalArgumentException} with got and want. */
final class Forms {
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]*");
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
    // k8s.io/apimachinery resource.Quantity, less signs and exponents, which no request needs.
    private static final Pattern CPU = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,3})?|[1-9][0-9]{0,8}m");
    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,14}(Ki|Mi|Gi|Ti|k|M|G|T)?");
    // RFC 1035 and 1123; 189 leaves room for a label of 63 characters and a dot in the 253 of a whole name.
    private static final Pattern ZONE =
            Pattern.compile("(?=.{1,189}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern INSTANCE_CLASS = Pattern.compile("db\\.[a-z0-9-]+\\.[a-z0-9]+");

    private Forms() {}

    static String path(String text) {
        return matched(PATH, text, "a path that begins with a slash, such as /api");
    }

    static String cpu(String text) {
        return matched(CPU, text, "a CPU quantity such as 500m or 1.5");
    }

    static String memory(String text) {
        return matched(MEMORY, text, "a memory quantity such as 512Mi");
    }

    static String zone(String text) {
        return matched(ZONE, text, "a lower-case domain name without a trailing dot, such as preview.example.com");
    }

    static String region(String text) {
        return matched(REGION, text, "an AWS region such as eu-west-1");
    }

    static String account(String text) {
        return matched(ACCOUNT, text, "the 12 digits of an AWS account, in quotes");
    }

    static String instanceClass(String text) {
        return matched(INSTANCE_CLASS, text, "an RDS instance class such as db.t4g.micro");
    }

    static String engine(String text) {
        if (!text.equals("postgres")) {
            throw new IllegalArgumentException(
                    "got \"%s\", want postgres, the one engine there is so far".formatted(text));
        }
        return text;
    }

    static String nonEmpty(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("got \"\", want text");
        }
        return text;
    }

    static Duration duration(String text) {
        var matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "got \"%s\", want minutes, hours or days such as 30m, 48h or 7d".formatted(text));
        }
        var number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static String matched(Pattern form, String text, String wanted) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, wanted));
        }
        return text;
    }
}
