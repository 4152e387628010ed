"""Where things lie beside this machine's folders: places in stores that fsspec reaches, by their URLs."""

from exporter.stores.errors import StoreError
from exporter.stores.url import Place, Url, place

__all__ = ["Place", "StoreError", "Url", "place"]
