package dev.ephemera.model;

/**
 * What a host name leads to: an IPv4 address, an IPv6 address, or another name. Whether anything answers there is not
 * checked.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record DnsTarget(String value) {
    private static final String IPV4 = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}";
    // Which of these are addresses is left to Route53: the grammar of IPv6 is long.
    private static final String IPV6 = "[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}";
    private static final String NAME =
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
                    + "\\.[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    public static final String PATTERN = IPV4 + "|" + IPV6 + "|" + NAME;

    /** The same in words, for messages. */
    public static final String WANTED = "an IPv4 or IPv6 address, or a domain name without a trailing dot";

    public DnsTarget {
        Texts.check(PATTERN, value, WANTED);
    }

    /**
     * The type of the record that leads there: {@code A}, {@code AAAA} or {@code CNAME}. A load balancer of AWS could have an
     * alias instead, which would save resolvers a question, but takes the hosted zone of the load balancer, which a
     * Gateway's status does not say; a CNAME is right for every name that is not a zone's own.
     */
    public String recordType() {
        if (value.matches(IPV4)) {
            return "A";
        }
        return value.contains(":") ? "AAAA" : "CNAME";
    }
}
