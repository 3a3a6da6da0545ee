package dev.ephemera.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.naming.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static ApplicationSpec application(LimitsSpec limits, int jobs, WorkloadSpec... workloads) {
        var byKey = new LinkedHashMap<Key, WorkloadSpec>();
        for (var workload : workloads) {
            byKey.put(new Key("workload-" + (byKey.size() + 1)), workload);
        }
        var jobsByKey = new LinkedHashMap<Key, JobSpec>();
        for (int i = 1; i <= jobs; i++) {
            jobsByKey.put(new Key("job-" + i), Applications.job("shop/api"));
        }
        return Applications.limitedTo(limits).running(byKey, jobsByKey);
    }

    private static WorkloadSpec workload(int replicas, String cpu, String memory) {
        return workload(replicas, container(cpu, memory));
    }

    private static WorkloadSpec workload(int replicas, ContainerSpec container, ContainerSpec... before) {
        var initContainers = new LinkedHashMap<Key, ContainerSpec>();
        for (var each : before) {
            initContainers.put(new Key("init-" + initContainers.size()), each);
        }
        return new WorkloadSpec(
                new PodSpec(container, initContainers, Optional.empty(), List.of(), List.of(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                replicas,
                ProbesSpec.DEFAULT);
    }

    private static ContainerSpec container(String cpu, String memory) {
        return new ContainerSpec(
                new ImageReference("shop/web"),
                List.of(),
                List.of(),
                Map.of(),
                new ResourcesSpec(new CpuQuantity(cpu), new MemoryQuantity(memory)),
                Map.of());
    }

    @Test
    void anEmptyApplicationHasRoomForTenPodsOfTheDefaultSize() {
        assertThat(Quota.of(application(LimitsSpec.NONE, 0))).isEqualTo(new Quota(10, "1", "1280Mi"));
    }

    @Test
    void oldAndNewPodsOfEveryWorkloadFitWithOneMoreWhileTheyAreRolledOut() {
        assertThat(Quota.of(application(LimitsSpec.NONE, 0, workload(3, "500m", "512Mi"))))
                .isEqualTo(new Quota(10 + 2 * 4, "5", 1280 + 2 * 4 * 512 + "Mi"));
    }

    @Test
    void anEndingAndAStartingPodOfEveryJobFit() {
        assertThat(Quota.of(application(LimitsSpec.NONE, 2))).isEqualTo(new Quota(14, "1.4", "1792Mi"));
    }

    @Test
    void quantitiesOfEveryUnitAreAddedAndNeverRoundedDown() {
        assertThat(Quota.of(application(
                        LimitsSpec.NONE, 0, workload(1, "1.5", "1Gi"), workload(1, "1m", "1"), workload(1, "2", "1M"))))
                .isEqualTo(new Quota(22, "15.004", 1280 + 4 * 1024 + 4 + "Mi"));
    }

    @Test
    void anInitContainerCountsWhereItTakesMoreThanTheContainerAfterIt() {
        assertThat(Quota.of(application(
                        LimitsSpec.NONE, 0, workload(1, container("1", "64Mi"), container("100m", "128Mi")))))
                .isEqualTo(new Quota(14, "5", 1280 + 4 * 128 + "Mi"));
    }

    @Test
    void whatTheApplicationLimitsItselfHoldsInstead() {
        var limits = new LimitsSpec(Optional.of(3), Optional.empty(), Optional.of(new MemoryQuantity("4Gi")));
        assertThat(Quota.of(application(limits, 0))).isEqualTo(new Quota(3, "1", "4Gi"));
    }
}
