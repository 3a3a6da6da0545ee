package dev.ephemera.cli;

import dev.ephemera.doctor.Doctor;
import dev.ephemera.engine.Interruption;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.toolchain.EngineVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera doctor}. */
@Command(
        name = "doctor",
        description = {
            "Say what environments need and whether it is there: Pulumi, state, passphrase, stacks/, AWS, cluster, Gateway, DNS zone, snapshots, and what killed runs have left.",
            "Nothing is changed. The exit code is 0, or that of the first fault."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private ForgeOptions forge = new ForgeOptions();

    @Option(names = "--json", description = "for programs: the exit code, and an array of the checks")
    private boolean json;

    @Override
    public Integer call() {
        var project = Target.project();
        var pulumi = new Pulumi(project, Map.of(), Interruption.ofThisProcess());
        var pinned = EngineVersion.pinned(
                Path.of(System.getProperty("ephemera.root", "")).toAbsolutePath());
        var diagnosis = new Doctor(project, pulumi, System.getenv(), pinned, forge.forge()).examine();
        System.out.println(json ? diagnosis.json() : diagnosis.text());
        return diagnosis.exit().code();
    }
}
