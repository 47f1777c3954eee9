package dev.kubepki.pki.key;

/// How much key derivation one file may cost. The file itself names the rounds (RFC 8018 §4.2), and a hostile one names
/// two thousand millions, or a hundred keys with a million each: so the sum over a file is bounded, before any round is
/// made. Lives as long as the reading of one file, in one thread.
public final class PasswordWork {
    /// Rounds for one file: three hundred times what OpenSSL writes, and two to three seconds of a plain processor.
    public static final int MOST_ROUNDS = 600_000;

    private long left = MOST_ROUNDS;

    /// For a file of which nothing was opened yet.
    public PasswordWork() {}

    /// Takes the rounds from what is left.
    ///
    /// @throws KeyFailure where that is too little
    public void spend(long rounds) {
        if (rounds < 0 || rounds > left) {
            throw new KeyFailure("asks for " + rounds + " rounds of key derivation, and one file may have "
                    + MOST_ROUNDS + "; write it anew with openssl's option -iter 100000");
        }
        left -= rounds;
    }
}
