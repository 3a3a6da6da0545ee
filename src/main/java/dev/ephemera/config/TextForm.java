package dev.ephemera.config;

import dev.ephemera.cost.Price;
import dev.ephemera.cost.PriceItem;
import dev.ephemera.cost.PriceUnit;
import dev.ephemera.model.AccountId;
import dev.ephemera.model.AwsRegion;
import dev.ephemera.model.Cidr;
import dev.ephemera.model.CpuQuantity;
import dev.ephemera.model.DnsTarget;
import dev.ephemera.model.DomainName;
import dev.ephemera.model.EntryName;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.InstanceClass;
import dev.ephemera.model.MemoryQuantity;
import dev.ephemera.model.MountPath;
import dev.ephemera.model.ObjectName;
import dev.ephemera.model.OfficeHours;
import dev.ephemera.model.RoleArn;
import dev.ephemera.model.SecurityGroupId;
import dev.ephemera.model.UrlPath;
import dev.ephemera.model.VariableName;
import dev.ephemera.naming.Key;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a text has to look like to be a value of a type.
 *
 * @param pattern a regular expression that Java and JSON Schema read alike; it may let through what {@code parse} refuses
 * @param wanted the same in words, after "want"
 * @param parse throws {@link IllegalArgumentException} with "got ..., want ..." for another form
 */
record TextForm(String pattern, String wanted, Function<String, Object> parse) {
    /** Any text. */
    static final TextForm ANY = new TextForm("", "text", text -> text);

    /** Text that says something. */
    static final TextForm NOT_BLANK = new TextForm("[^ \\t\\r\\n]", "text that is not blank", TextForm::notBlank);

    /** Longer than what has the longest form: the ARN of a role is 612 characters at most. */
    private static final int MAXIMUM_LENGTH = 1024;

    private static final String ZONE_WANTED = "a time zone such as Europe/Berlin or UTC";
    private static final String DURATION_WANTED = "minutes, hours or days such as 30m, 48h or 7d";
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String DATE_WANTED = "a date such as 2026-07-20";

    private static final Map<Class<?>, TextForm> FORMS = Map.ofEntries(
            form(Key.class, Key.PATTERN, Key.WANTED, Key::new),
            form(ImageReference.class, ImageReference.PATTERN, ImageReference.WANTED, ImageReference::new),
            form(Cidr.class, Cidr.PATTERN, Cidr.WANTED, Cidr::new),
            form(UrlPath.class, UrlPath.PATTERN, UrlPath.WANTED, UrlPath::new),
            form(MountPath.class, MountPath.PATTERN, MountPath.WANTED, MountPath::new),
            form(CpuQuantity.class, CpuQuantity.PATTERN, CpuQuantity.WANTED, CpuQuantity::new),
            form(MemoryQuantity.class, MemoryQuantity.PATTERN, MemoryQuantity.WANTED, MemoryQuantity::new),
            form(DomainName.class, DomainName.PATTERN, DomainName.WANTED, DomainName::new),
            form(DnsTarget.class, DnsTarget.PATTERN, DnsTarget.WANTED, DnsTarget::new),
            form(ObjectName.class, ObjectName.PATTERN, ObjectName.WANTED, ObjectName::new),
            form(EntryName.class, EntryName.PATTERN, EntryName.WANTED, EntryName::new),
            form(VariableName.class, VariableName.PATTERN, VariableName.WANTED, VariableName::new),
            form(AwsRegion.class, AwsRegion.PATTERN, AwsRegion.WANTED, AwsRegion::new),
            form(AccountId.class, AccountId.PATTERN, AccountId.WANTED, AccountId::new),
            form(SecurityGroupId.class, SecurityGroupId.PATTERN, SecurityGroupId.WANTED, SecurityGroupId::new),
            form(RoleArn.class, RoleArn.PATTERN, RoleArn.WANTED, RoleArn::new),
            form(InstanceClass.class, InstanceClass.PATTERN, InstanceClass.WANTED, InstanceClass::new),
            form(OfficeHours.class, OfficeHours.PATTERN, OfficeHours.WANTED, OfficeHours::new),
            form(ZoneId.class, "[A-Za-z][A-Za-z0-9_+/-]*", ZONE_WANTED, TextForm::zone),
            form(PriceItem.class, PriceItem.PATTERN, PriceItem.WANTED, PriceItem::new),
            form(PriceUnit.class, PriceUnit.PATTERN, PriceUnit.WANTED, PriceUnit::of),
            form(Price.class, Price.PATTERN, Price.WANTED, Price::of),
            form(LocalDate.class, DATE, DATE_WANTED, TextForm::date),
            form(Duration.class, DURATION.pattern(), DURATION_WANTED, TextForm::duration));

    /** The form of {@code type}; empty when no text is a value of it. */
    static Optional<TextForm> of(Class<?> type) {
        return Optional.ofNullable(FORMS.get(type));
    }

    private static Map.Entry<Class<?>, TextForm> form(
            Class<?> type, String pattern, String wanted, Function<String, Object> parse) {
        return Map.entry(type, new TextForm("^(?:" + pattern + ")$", wanted, text -> {
            // Java's regular expressions take a stack frame for each repetition of a group.
            if (text.length() > MAXIMUM_LENGTH) {
                throw new IllegalArgumentException(
                        "got \"%s\", want %s, in at most %d characters".formatted(text, wanted, MAXIMUM_LENGTH));
            }
            return parse.apply(text);
        }));
    }

    private static Object notBlank(String text) {
        if (!Pattern.compile(NOT_BLANK.pattern()).matcher(text).find()) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, NOT_BLANK.wanted()));
        }
        return text;
    }

    private static Object zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, ZONE_WANTED), e);
        }
    }

    private static Object date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, DATE_WANTED), e);
        }
    }

    private static Object duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("got \"%s\", want %s".formatted(text, DURATION_WANTED));
        }
        var number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
