package dev.ephemera.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructsTest {
    private static final String SECRET_ON_THE_WIRE = "1b47061264138c4ac30d75fd1eb44270";

    @Test
    void carriesEveryKindOfValueThereAndBack() {
        var properties = Map.<String, Object>of(
                "text",
                "a",
                "number",
                2.0,
                "flag",
                true,
                "list",
                List.of("a", Map.of("b", "c")),
                "password",
                new Secret("hidden"),
                "later",
                Unknown.UNKNOWN);
        assertThat(Structs.decode(Structs.encode(properties))).isEqualTo(properties);
    }

    @Test
    void writesASecretAsTheEngineExpectsIt() {
        var wire = Structs.encode(Map.of("password", new Secret("hidden"))).getFieldsOrThrow("password");
        assertThat(wire.getStructValue()
                        .getFieldsOrThrow("4dabf18193072939515e22adb298388d")
                        .getStringValue())
                .isEqualTo(SECRET_ON_THE_WIRE);
        assertThat(wire.getStructValue().getFieldsOrThrow("value").getStringValue())
                .isEqualTo("hidden");
    }

    @Test
    void countsANullAsNotSet() {
        var struct = Struct.newBuilder()
                .putFields(
                        "gone",
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
                .build();
        assertThat(Structs.decode(struct)).isEmpty();
    }

    @Test
    void neverPrintsASecret() {
        assertThat(new Secret("hidden")).asString().doesNotContain("hidden");
    }

    @Test
    void aPropertyIsSecretAsSoonAsAPartOfItIs() {
        var properties = Properties.of(Map.of("tags", Map.of("a", new Secret("hidden"), "b", "c"), "name", "n"));
        assertThat(properties.secrets()).containsExactly("tags");
        assertThat(properties.textMap("tags")).isEqualTo(Map.of("a", "hidden", "b", "c"));
    }
}
