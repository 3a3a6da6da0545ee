package dev.ephemera.sandbox.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The official provider's calls, step by step, as they were recorded. */
public final class Recording {
    private static final Pattern FORM = Pattern.compile("  (rds|ec2|iam) (\\w+) (\\d{3}) (\\{.*})");
    private static final Pattern PATH = Pattern.compile("  (route53) (GET|POST) (\\S+) (\\d{3}) ?(.*)");

    private final Map<String, List<RecordedCall>> steps = new LinkedHashMap<>();
    /** How often a provider asked IAM who it is, which stands between the steps. */
    private int starts;

    public static Recording read() throws IOException {
        var recording = new Recording();
        try (var source = Recording.class.getResourceAsStream("aws-provider-calls.txt")) {
            var step = "";
            for (var line : new String(source.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("#### ")) {
                    step = line.substring(5);
                    recording.steps.put(step, new ArrayList<>());
                } else {
                    recording.add(step, parse(line));
                }
            }
        }
        return recording;
    }

    public Map<String, List<RecordedCall>> steps() {
        return steps;
    }

    public int starts() {
        return starts;
    }

    private void add(String step, RecordedCall call) {
        if (call.service().equals("iam")) {
            starts++;
        } else {
            steps.get(step).add(call);
        }
    }

    private static RecordedCall parse(String line) throws IOException {
        var form = FORM.matcher(line);
        if (form.matches()) {
            var parameters = new TreeMap<String, String>();
            new ObjectMapper()
                    .readTree(form.group(4))
                    .properties()
                    .forEach(entry ->
                            parameters.put(entry.getKey(), entry.getValue().asText()));
            return new RecordedCall(form.group(1), form.group(2), Integer.parseInt(form.group(3)), parameters);
        }
        var path = PATH.matcher(line);
        if (path.matches()) {
            return RecordedCall.ofPath(
                    path.group(1), Integer.parseInt(path.group(4)), path.group(2), path.group(3), path.group(5));
        }
        throw new IllegalArgumentException("the recording has a line that is no call: " + line);
    }
}
