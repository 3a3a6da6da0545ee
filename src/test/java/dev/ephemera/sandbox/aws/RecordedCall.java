package dev.ephemera.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One call on an AWS service.
 *
 * @param action the API's action, or method and path where the service has none on the wire
 * @param parameters by the names they have on the wire; of XML, the elements that hold text
 */
public record RecordedCall(String service, String action, int status, Map<String, String> parameters) {
    private static final Pattern ELEMENT = Pattern.compile("<(\\w+)>([^<]+)");

    static RecordedCall ofForm(String service, int status, String body) {
        var parameters = new TreeMap<String, String>();
        Arrays.stream(body.split("&")).filter(pair -> pair.contains("=")).forEach(pair -> {
            var parts = pair.split("=", 2);
            parameters.put(decode(parts[0]), decode(parts[1]));
        });
        var action = parameters.remove("Action");
        parameters.remove("Version");
        return new RecordedCall(service, action, status, parameters);
    }

    /** The order of query parameters and of XML elements counts for nothing, and a slash at the end neither. */
    static RecordedCall ofPath(String service, int status, String method, String pathAndQuery, String body) {
        var parts = pathAndQuery.split("\\?", 2);
        var parameters = new TreeMap<String, String>();
        if (parts.length > 1) {
            Arrays.stream(parts[1].split("&")).forEach(pair -> {
                var keyAndValue = pair.split("=", 2);
                parameters.put("?" + keyAndValue[0], decode(keyAndValue[1]));
            });
        }
        var element = ELEMENT.matcher(body);
        while (element.find()) {
            parameters.merge(element.group(1), element.group(2), (one, other) -> one + "," + other);
        }
        return new RecordedCall(service, method + " " + parts[0].replaceAll("/$", ""), status, parameters);
    }

    /** Of JSON, whose parameters are not kept. */
    static RecordedCall ofTarget(String service, int status, String target) {
        return new RecordedCall(service, target.substring(target.indexOf('.') + 1), status, Map.of());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
