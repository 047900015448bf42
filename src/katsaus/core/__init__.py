"""Rules about numbers: standard library only, frozen values in and out."""
