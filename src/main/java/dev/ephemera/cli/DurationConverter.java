package dev.ephemera.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** {@code 30s}, {@code 15m}, {@code 48h}, {@code 7d}. */
final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([smhd])");

    @Override
    public Duration convert(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new CommandLine.TypeConversionException(
                    "got \"%s\", want seconds, minutes, hours or days such as 30s, 15m, 48h or 7d".formatted(text));
        }
        var number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
