package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CostReadingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static CostReading read(StackResource... stack) {
        return CostReading.of(JSON.valueToTree(CostOutput.of(Shop.estimate(stack))));
    }

    @Test
    void whatTheOutputSaysIsReadBackAsItIs() {
        var read = read(Shop.database("orders", 20));
        assertThat(read.unknown()).isEmpty();
        assertThat(read.hourly()).hasToString("Optional[0.019150684932]");
        assertThat(read.asleepHourly()).hasToString("Optional[0.003150684932]");
        assertThat(read.daily().orElseThrow().rounded(2)).isEqualByComparingTo("0.46");
    }

    @Test
    void theSumOfAPartIsNone() {
        var read = read(Shop.database("orders", 20), Shop.resource("aws:sqs/queue:Queue", "queue"));
        assertThat(read.hourly()).isEmpty();
        assertThat(read.asleepHourly()).isEmpty();
        assertThat(read.unknown()).containsExactly("aws:sqs/queue:Queue");
    }

    @Test
    void ofAStackThatSaysNothingNothingIsKnown() throws IOException {
        for (var output : new String[] {"{}", "{\"complete\": true, \"hourly\": \"a lot\", \"asleepHourly\": \"0\"}"}) {
            assertThat(CostReading.of(JSON.readTree(output)).unknown()).containsExactly("the output cost");
        }
        assertThat(CostReading.of(MissingNode.getInstance()).hourly()).isEmpty();
    }
}
