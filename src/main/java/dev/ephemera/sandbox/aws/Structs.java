package dev.ephemera.sandbox.aws;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Properties as Pulumi's protocol carries them, to and from plain Java: {@code String}, {@code Double}, {@code Boolean},
 * {@code List}, {@code Map}, and {@link Secret} and {@link Unknown} where the protocol has a special value. Nulls in
 * maps are dropped: for the provider a property that is null is one that is not set.
 */
final class Structs {
    // These are the protocol's; provider.proto and the SDKs name them.
    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private Structs() {}

    static Map<String, Object> decode(Struct struct) {
        var map = new LinkedHashMap<String, Object>();
        struct.getFieldsMap().forEach((name, value) -> {
            var decoded = decode(value);
            if (decoded != null) {
                map.put(name, decoded);
            }
        });
        return map;
    }

    static Struct encode(Map<String, ?> properties) {
        var struct = Struct.newBuilder();
        properties.forEach((name, value) -> {
            if (value != null) {
                struct.putFields(name, encode(value));
            }
        });
        return struct.build();
    }

    private static @Nullable Object decode(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> UNKNOWN.equals(value.getStringValue()) ? Unknown.UNKNOWN : value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(Structs::decode)
                        .filter(Objects::nonNull)
                        .toList();
            case STRUCT_VALUE -> decodeStruct(value.getStructValue());
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static @Nullable Object decodeStruct(Struct struct) {
        var signature =
                struct.getFieldsOrDefault(SIGNATURE, Value.getDefaultInstance()).getStringValue();
        var inner = struct.getFieldsMap().get("value");
        if (SECRET.equals(signature)) {
            return new Secret(inner == null ? null : decode(inner));
        }
        return decode(struct);
    }

    private static Value encode(@Nullable Object value) {
        if (value == null) {
            return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        }
        if (value == Unknown.UNKNOWN) {
            return text(UNKNOWN);
        }
        if (value instanceof Secret secret) {
            return Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields(SIGNATURE, text(SECRET))
                            .putFields("value", encode(secret.value())))
                    .build();
        }
        if (value instanceof Boolean flag) {
            return Value.newBuilder().setBoolValue(flag).build();
        }
        if (value instanceof Number number) {
            return Value.newBuilder().setNumberValue(number.doubleValue()).build();
        }
        if (value instanceof List<?> list) {
            var values = ListValue.newBuilder();
            list.forEach(element -> values.addValues(encode(element)));
            return Value.newBuilder().setListValue(values).build();
        }
        if (value instanceof Map<?, ?> map) {
            var struct = Struct.newBuilder();
            map.forEach((name, element) -> struct.putFields(String.valueOf(name), encode(element)));
            return Value.newBuilder().setStructValue(struct).build();
        }
        return text(value.toString());
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
