package dev.ephemera.config;

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
import dev.ephemera.model.RoleArn;
import dev.ephemera.model.SecurityGroupId;
import dev.ephemera.model.UrlPath;
import dev.ephemera.model.VariableName;
import dev.ephemera.naming.Key;
import java.time.Duration;
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
    static final TextForm NOT_BLANK = new TextForm("\\S", "text", TextForm::notBlank);

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

    private static final Map<Class<?>, TextForm> FORMS = Map.ofEntries(
            form(Key.class, Key.PATTERN, Key.WANTED, Key::new),
            form(ImageReference.class, ImageReference.PATTERN, "a container image", ImageReference::new),
            form(Cidr.class, Cidr.PATTERN, "a range of IPv4 addresses such as 203.0.113.0/24", Cidr::new),
            form(UrlPath.class, UrlPath.PATTERN, "a path that begins with a slash", UrlPath::new),
            form(MountPath.class, MountPath.PATTERN, "an absolute path such as /var/cache", MountPath::new),
            form(CpuQuantity.class, CpuQuantity.PATTERN, "a CPU quantity such as 500m or 1.5", CpuQuantity::new),
            form(MemoryQuantity.class, MemoryQuantity.PATTERN, "a memory quantity such as 512Mi", MemoryQuantity::new),
            form(DomainName.class, DomainName.PATTERN, "a domain name such as preview.example.com", DomainName::new),
            form(DnsTarget.class, DnsTarget.PATTERN, "an address or a domain name", DnsTarget::new),
            form(ObjectName.class, ObjectName.PATTERN, "the name of a Kubernetes object", ObjectName::new),
            form(EntryName.class, EntryName.PATTERN, "the name of a file", EntryName::new),
            form(VariableName.class, VariableName.PATTERN, "the name of an environment variable", VariableName::new),
            form(AwsRegion.class, AwsRegion.PATTERN, "an AWS region such as eu-west-1", AwsRegion::new),
            form(AccountId.class, AccountId.PATTERN, "the 12 digits of an AWS account, in quotes", AccountId::new),
            form(
                    SecurityGroupId.class,
                    SecurityGroupId.PATTERN,
                    "the id of a security group such as sg-0123456789abcdef0",
                    SecurityGroupId::new),
            form(RoleArn.class, RoleArn.PATTERN, "the ARN of an IAM role", RoleArn::new),
            form(
                    InstanceClass.class,
                    InstanceClass.PATTERN,
                    "an RDS instance class such as db.t4g.micro",
                    InstanceClass::new),
            form(Duration.class, DURATION.pattern(), "minutes, hours or days such as 7d", TextForm::duration));

    /** The form of {@code type}; empty when no text is a value of it. */
    static Optional<TextForm> of(Class<?> type) {
        return Optional.ofNullable(FORMS.get(type));
    }

    private static Map.Entry<Class<?>, TextForm> form(
            Class<?> type, String pattern, String wanted, Function<String, Object> parse) {
        return Map.entry(type, new TextForm("^(?:" + pattern + ")$", wanted, parse));
    }

    private static Object notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("got \"\", want text");
        }
        return text;
    }

    private static Object duration(String text) {
        var matcher = DURATION.matcher(text);
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
}
