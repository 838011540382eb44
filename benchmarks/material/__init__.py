"""What a made-up archive consists of: words, sentences, and a maker for the records of each kind."""
