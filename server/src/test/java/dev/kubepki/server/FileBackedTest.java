package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBackedTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("value");
        write("one", 1);
    }

    private void write(String text, long time) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time * 1_000));
    }

    private FileBacked<String> value() throws ServerFailure {
        return new FileBacked<>("value", List.of(file), () -> {
            String text = new String(PemFiles.bytes(file), StandardCharsets.UTF_8);
            if (text.equals("bad")) {
                throw new ServerFailure("it is bad");
            }
            return text;
        });
    }

    @Test
    void readsAnewWhenTheFileChangedAndTellsWhoFollows() throws Exception {
        FileBacked<String> value = value();
        List<String> told = new ArrayList<>();
        value.follow(told::add);
        String first = value.get();
        value.poll();
        assertThat(value.get()).isSameAs(first);
        write("two", 2);
        value.poll();
        assertThat(value.get()).isEqualTo("two");
        assertThat(told).containsExactly("two");
    }

    @Test
    void makesItAnewWhenItsTimeHasCome() throws Exception {
        long[] period = {1};
        int[] made = {0};
        FileBacked<Integer> value = new FileBacked<>("value", List.of(file), () -> period[0], () -> ++made[0]);
        value.poll();
        assertThat(value.get()).isEqualTo(1);
        period[0] = 2;
        value.poll();
        assertThat(value.get()).isEqualTo(2);
    }

    @Test
    void keepsTheOldValueUntilTheNewOneCanBeRead() throws Exception {
        FileBacked<String> value = value();
        write("bad", 2);
        value.poll();
        assertThat(value.get()).isEqualTo("one");
        Files.delete(file);
        value.poll();
        assertThat(value.get()).isEqualTo("one");
        write("three", 3);
        value.poll();
        assertThat(value.get()).isEqualTo("three");
    }
}
