package dev.ephemera.sandbox;

import java.util.Map;
import java.util.TreeMap;

/** How the emulated AWS is reached. */
final class LocalCloud {
    static final String REGION = "eu-west-1";

    /** Nobody checks them; AWS's clients refuse to work without. */
    static final String ACCESS_KEY_ID = "sandbox";

    static final String SECRET_ACCESS_KEY = "sandbox";

    private LocalCloud() {}

    static String endpoint(Ports ports) {
        return "http://127.0.0.1:" + ports.of(Part.MOTO);
    }

    /** What each client of AWS gets: the endpoint, and nothing by which it could find a real account. */
    static Map<String, String> environment(SandboxDirectory directory, Ports ports) {
        var variables = new TreeMap<String, String>();
        variables.put("AWS_ENDPOINT_URL", endpoint(ports));
        variables.put("AWS_REGION", REGION);
        variables.put("AWS_DEFAULT_REGION", REGION);
        variables.put("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID);
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY);
        // Without it a client on EC2 would ask the machine for a role's credentials.
        variables.put("AWS_EC2_METADATA_DISABLED", "true");
        // Files that are not there: a developer's own could name a profile, a role or another endpoint.
        variables.put(
                "AWS_CONFIG_FILE", directory.sandbox().resolve("no-aws-config").toString());
        variables.put(
                "AWS_SHARED_CREDENTIALS_FILE",
                directory.sandbox().resolve("no-aws-credentials").toString());
        return variables;
    }
}
