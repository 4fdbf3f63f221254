"""One result in words: steps, sentences, charts."""
