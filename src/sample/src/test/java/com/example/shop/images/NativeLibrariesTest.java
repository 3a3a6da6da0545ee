package com.example.shop.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {
    @Test
    void findsTheCLibraryAndItsLoaderOutsideOfWhatWasGiven() throws Exception {
        var java = Path.of(System.getProperty("java.home"));
        assertThat(NativeLibraries.of(List.of(java)))
                .allSatisfy(library -> assertThat(library).exists())
                .noneSatisfy(library -> assertThat(library).startsWith(java))
                .anySatisfy(
                        library -> assertThat(library.getFileName().toString()).startsWith("libc.so"))
                .anySatisfy(
                        library -> assertThat(library.getFileName().toString()).startsWith("ld-linux"));
    }
}
