package dev.ephemera.cloud;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** In a bucket, by its conditional writes. */
final class S3Objects implements Objects {
    private static final int EXISTS = 412;
    /** Somebody else's conditional write was under way. */
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    private S3Objects(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Takes the parameters that Pulumi takes: {@code region}, {@code endpoint}, {@code s3ForcePathStyle}. */
    static S3Objects at(URI backend) {
        var parameters = parameters(backend);
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .forcePathStyle("true".equals(parameters.get("s3ForcePathStyle")));
        Optional.ofNullable(parameters.get("region")).map(Region::of).ifPresent(builder::region);
        Optional.ofNullable(parameters.get("endpoint"))
                .map(text -> URI.create(text.contains("://") ? text : "https://" + text))
                .ifPresent(builder::endpointOverride);
        var path = Optional.ofNullable(backend.getPath()).orElse("").replaceAll("^/|/$", "");
        return new S3Objects(builder.build(), backend.getAuthority(), path.isEmpty() ? "" : path + "/");
    }

    private static Map<String, String> parameters(URI backend) {
        return Arrays.stream(Optional.ofNullable(backend.getQuery()).orElse("").split("&", -1))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2)
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1], (a, b) -> b));
    }

    @Override
    public Optional<Held> get(String key) {
        return AwsRequests.answer("reading " + key, () -> {
            try {
                var object =
                        s3.getObjectAsBytes(request -> request.bucket(bucket).key(prefix + key));
                return Optional.of(
                        new Held(object.asUtf8String(), object.response().eTag()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public boolean create(String key, String text) {
        return put(key, text, PutObjectRequest.builder().ifNoneMatch("*"));
    }

    @Override
    public boolean replace(String key, String text, String version) {
        return put(key, text, PutObjectRequest.builder().ifMatch(version));
    }

    private boolean put(String key, String text, PutObjectRequest.Builder request) {
        return AwsRequests.answer("writing " + key, () -> {
            try {
                s3.putObject(request.bucket(bucket).key(prefix + key).build(), RequestBody.fromString(text));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == EXISTS || e.statusCode() == CONFLICT || e instanceof NoSuchKeyException) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Not conditional in all stores that speak S3: the caller is the one that may delete this version. */
    @Override
    public boolean delete(String key, String version) {
        if (get(key).filter(held -> held.version().equals(version)).isEmpty()) {
            return false;
        }
        return AwsRequests.answer("deleting " + key, () -> {
            s3.deleteObject(request -> request.bucket(bucket).key(prefix + key));
            return true;
        });
    }

    @Override
    public List<String> list(String begin) {
        return AwsRequests.answer(
                "listing " + begin,
                () ->
                        s3
                                .listObjectsV2Paginator(
                                        request -> request.bucket(bucket).prefix(prefix + begin))
                                .contents()
                                .stream()
                                .map(object -> object.key().substring(prefix.length()))
                                .sorted()
                                .toList());
    }

    @Override
    public void close() {
        s3.close();
    }
}
