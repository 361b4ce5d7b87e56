"""Opens and saves picture files; the rest of the program knows this module only."""

from engine.image import Image as Image
from engine.image import Sketch as Sketch
from engine.image_formats import READABLE_SUFFIXES as READABLE_SUFFIXES
from engine.image_formats import WRITABLE_SUFFIXES as WRITABLE_SUFFIXES
from engine.image_formats import cause_of as cause_of
from engine.image_formats import sniff_format as sniff_format
from engine.image_reading import profile_of as profile_of
from engine.image_reading import read_image as read_image
from engine.image_reading import read_metadata as read_metadata
from engine.image_reading import refuse_bomb as refuse_bomb
from engine.image_writing import check_target as check_target
from engine.image_writing import default_quality as default_quality
from engine.image_writing import write_encoded as write_encoded
from engine.image_writing import write_image as write_image
from engine.saved import Saved as Saved
