package dev.ephemera.model;

/**
 * The ARN of an IAM role. Whether it exists, and who may take it, is not checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record RoleArn(String value) {
    public static final String PATTERN = "arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,576}";

    /** The same in words, for messages. */
    public static final String WANTED = "the ARN of an IAM role such as arn:aws:iam::123456789012:role/preview-api";

    public RoleArn {
        Texts.check(PATTERN, value, WANTED);
    }

    @Override
    public String toString() {
        return value;
    }
}
