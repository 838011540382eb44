"""Rongguang: a publishing generator for veterans' stories, honour routes and policies."""
