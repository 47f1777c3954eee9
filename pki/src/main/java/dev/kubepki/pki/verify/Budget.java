package dev.kubepki.pki.verify;

/// How much work one verification may cost, against chains that were made to cost much.
///
/// @param signatures how many signatures are checked at most; Go stops at 100 too
/// @param steps how many certificates are tried at most as issuers
/// @param nameComparisons how often at most a name is held against a name constraint
public record Budget(int signatures, int steps, int nameComparisons) {
    /// Enough for hundreds of cross-signed CAs, and milliseconds of work.
    public static final Budget DEFAULT = new Budget(100, 10_000, 250_000);
}
