package dev.ephemera.sandbox.aws;

import java.util.Map;

/**
 * Where a configured provider works.
 *
 * @param id twelve digits; empty where the program asked not to look it up
 * @param defaultTags put on everything that can carry tags
 */
record Account(AwsClients aws, String id, Map<String, String> defaultTags) {

    String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + aws.region() + ":" + id + ":" + resource;
    }
}
