"""The pages of administration: what a municipality's figures and people rest on."""
