"""The join link's pages, plain HTML without a script, for any browser and any reader."""
