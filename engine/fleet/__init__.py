"""A queue worked through by the machines of a Dask cluster. For the command line alone: the window opens no socket."""
