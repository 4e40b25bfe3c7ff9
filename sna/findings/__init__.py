"""Results in plain sentences, with their caveats."""
