package dev.kubepki.pki.files;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// The permission bits of a file or folder, the lowest twelve of POSIX `st_mode`.
///
/// @param bits 0 to 07777
public record FileMode(int bits) {
    /// 0600: private keys and every file that holds one.
    public static final FileMode OWNER_ONLY = new FileMode(0600);

    /// 0644: certificates, public keys, the ledger.
    public static final FileMode WORLD_READABLE = new FileMode(0644);

    /// 0755: a folder that anybody may look into.
    public static final FileMode OPEN_DIRECTORY = new FileMode(0755);

    /// 0700: a folder for its owner alone.
    public static final FileMode PRIVATE_DIRECTORY = new FileMode(0700);

    private static final PosixFilePermission[] FROM_LOWEST_BIT = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_READ,
    };

    public FileMode {
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException("not a file mode: " + bits);
        }
    }

    /// Whether group or others may read, write or execute.
    public boolean opensToOthers() {
        return (bits & 0077) != 0;
    }

    /// Whether nobody gets a right that `limit` doesn't give.
    public boolean within(FileMode limit) {
        return (bits & ~limit.bits) == 0;
    }

    Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < FROM_LOWEST_BIT.length; bit++) {
            if ((bits & (1 << bit)) != 0) {
                permissions.add(FROM_LOWEST_BIT[bit]);
            }
        }
        return permissions;
    }

    /// As `ls` and `chmod` users know it: `0600`.
    @Override
    public String toString() {
        return String.format("%04o", bits);
    }
}
