package dev.kubepki.pki.verify;

/// What of a budget is used up. Lives as long as one verification, in one thread.
final class Spending {
    private final Budget budget;
    private int signatures;
    private int steps;
    private int nameComparisons;

    Spending(Budget budget) {
        this.budget = budget;
    }

    void signature() {
        require(++signatures, budget.signatures(), "signature checks");
    }

    void step() {
        require(++steps, budget.steps(), "path steps");
    }

    void nameComparison() {
        require(++nameComparisons, budget.nameComparisons(), "name comparisons");
    }

    private static void require(int spent, int limit, String what) {
        if (spent > limit) {
            throw new Exhausted(what, limit);
        }
    }

    /// Ends the whole verification, however deep it is.
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final String what;
        private final int limit;

        Exhausted(String what, int limit) {
            super(what, null, false, false);
            this.what = what;
            this.limit = limit;
        }

        Rejection rejection() {
            return new Rejection.BudgetExceeded(what, limit);
        }
    }
}
