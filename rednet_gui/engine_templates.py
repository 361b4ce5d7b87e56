"""What the engine says, as templates: it speaks English alone, and these are what is translated.

A value is %1, %2 and so on. A test fails for each sentence of the engine that is missing here.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT = "engine"


FILES = (
    QT_TRANSLATE_NOOP("engine", "there is no such file; check its name"),
    QT_TRANSLATE_NOOP("engine", "there is no such file"),
    QT_TRANSLATE_NOOP("engine", "it is a folder or a device; choose a picture file"),
    QT_TRANSLATE_NOOP("engine", "you may not read it; change its permissions"),
    QT_TRANSLATE_NOOP("engine", "reading failed (%1); copy it to another disk first"),
    QT_TRANSLATE_NOOP("engine", "it cannot be read; copy it to another disk first"),
    QT_TRANSLATE_NOOP("engine", "it cannot be read; check its permissions"),
    QT_TRANSLATE_NOOP("engine", "it is empty; copy it again from where it came"),
    QT_TRANSLATE_NOOP("engine", "it is damaged or cut short; copy it again from where it came"),
    QT_TRANSLATE_NOOP("engine", "it is damaged or cut short; copy it again from the camera's card"),
    QT_TRANSLATE_NOOP("engine", "it is not %1; convert it to one of these first"),
    QT_TRANSLATE_NOOP("engine", "a JPEG, PNG, TIFF, WebP, AVIF, HEIC, GIF or camera raw picture"),
    QT_TRANSLATE_NOOP("engine", "it is of a camera with an unusual sensor; save it as a 16-bit TIFF first"),
    QT_TRANSLATE_NOOP("engine", "its pixels do not fit into the memory; make it smaller first"),
    QT_TRANSLATE_NOOP("engine", "its %1 x %2 pixels do not fit into the memory; make it smaller first"),
    QT_TRANSLATE_NOOP("engine", "it is neither gray nor RGB; save it anew as a JPEG"),
    QT_TRANSLATE_NOOP("engine", "it is damaged or of an unusual kind; save it anew as a JPEG"),
    QT_TRANSLATE_NOOP(
        "engine",
        "it is damaged or of an unusual kind; save it anew as an ordinary 8- or 16-bit picture",
    ),
    QT_TRANSLATE_NOOP("engine", "it is damaged or of an unusual kind; save it anew"),
    QT_TRANSLATE_NOOP("engine", "it is damaged, or of a camera that is not known here"),
    QT_TRANSLATE_NOOP("engine", "it is not gray, RGB or CMYK of 8 or 16 bits; save it anew as one of these"),
    QT_TRANSLATE_NOOP("engine", "%1; copy it again from where it came"),
    QT_TRANSLATE_NOOP("engine", "it claims %1 x %2 pixels, far more than can be in it"),
    QT_TRANSLATE_NOOP("engine", "some of its samples are no numbers; save it anew as a 16-bit picture"),
    QT_TRANSLATE_NOOP("engine", "it is black everywhere, so nothing is marked; paint white what is meant"),
    QT_TRANSLATE_NOOP("engine", "it is no ICC profile of RGB; name another one, or '%1'"),
    QT_TRANSLATE_NOOP("engine", "there is no such profile; name an ICC file, or '%1'"),
    QT_TRANSLATE_NOOP("engine", "colors cannot be converted to this profile; name another one"),
)
"""Why a picture cannot be read."""


SAVING = (
    QT_TRANSLATE_NOOP("engine", "writing failed; check that the disk has room"),
    QT_TRANSLATE_NOOP("engine", "you may not write there; choose another folder"),
    QT_TRANSLATE_NOOP("engine", "writing failed (%1); choose another folder"),
    QT_TRANSLATE_NOOP("engine", "the name must end in one of %1"),
    QT_TRANSLATE_NOOP("engine", "the picture has no pixels; open another one"),
    QT_TRANSLATE_NOOP("engine", "it is %1 pixels long, %2 holds %3; save it as PNG or TIFF"),
    QT_TRANSLATE_NOOP("engine", "a folder has that name; choose another name"),
    QT_TRANSLATE_NOOP("engine", "its other pages would be lost, for only the first is restored; choose another name"),
    QT_TRANSLATE_NOOP("engine", "it is the photo itself; choose another name"),
    QT_TRANSLATE_NOOP("engine", "it cannot be deleted; check the permissions of its folder"),
    QT_TRANSLATE_NOOP("engine", "it cannot be written; choose another folder, or make room"),
    QT_TRANSLATE_NOOP("engine", "it does not say how it was restored; choose one that this program has saved"),
    QT_TRANSLATE_NOOP("engine", "it was restored in this way already; to do that once more, choose another name"),
    QT_TRANSLATE_NOOP("engine", "its layers would be lost, for only the picture is restored; choose another name"),
    QT_TRANSLATE_NOOP("engine", "the link there leads to itself; choose another name"),
    QT_TRANSLATE_NOOP(
        "engine", "some pictures were restored in place with other settings; finish with those, or delete this file"
    ),
    QT_TRANSLATE_NOOP("engine", "a file of that name has come there meanwhile; choose another name"),
    QT_TRANSLATE_NOOP("engine", "there is no folder %1; create it first"),
    QT_TRANSLATE_NOOP("engine", "you may not write in %1; choose another folder"),
    QT_TRANSLATE_NOOP("engine", "the file there is write-protected; choose another name"),
    QT_TRANSLATE_NOOP("engine", "%1: %2; make room or choose another disk"),
    QT_TRANSLATE_NOOP("engine", "at least %1 MiB are needed and %2 MiB are free"),
    QT_TRANSLATE_NOOP("engine", "about %1 MiB are needed and %2 MiB are free"),
    QT_TRANSLATE_NOOP("engine", "the disk is too small"),
    QT_TRANSLATE_NOOP("engine", "the disk of %1, for what is worked on, is too small"),
    QT_TRANSLATE_NOOP("engine", "the report cannot be written; choose another folder, or make room"),
    QT_TRANSLATE_NOOP("engine", "the folder cannot be made, choose another"),
    QT_TRANSLATE_NOOP("engine", "it cannot be written there, choose another folder"),
    QT_TRANSLATE_NOOP("engine", "it cannot be written, choose another folder or make room"),
    QT_TRANSLATE_NOOP("engine", "it cannot be written; make room, or choose another folder"),
    QT_TRANSLATE_NOOP("engine", "it cannot be written, check the folder and the free space"),
    QT_TRANSLATE_NOOP("engine", "it cannot be written, make room and go on"),
    QT_TRANSLATE_NOOP("engine", "it cannot be deleted, check the permissions of its folder"),
)
"""Why something cannot be written."""


WORK = (
    QT_TRANSLATE_NOOP("engine", "it must end with .{ext} or one of %1"),
    QT_TRANSLATE_NOOP("engine", "a name cannot hold %1"),
    QT_TRANSLATE_NOOP("engine", "{%1} is not one of %2"),
    QT_TRANSLATE_NOOP("engine", "only the number can have a width, as in {n:03}"),
    QT_TRANSLATE_NOOP("engine", "a brace is missing; write {{ or }} for one in the name"),
    QT_TRANSLATE_NOOP("engine", "it was made by a newer version of this program; install that one to go on"),
    QT_TRANSLATE_NOOP("engine", "it was made by a newer version of this program; install that one to use it"),
    QT_TRANSLATE_NOOP("engine", "it was made by a newer version of this program"),
    QT_TRANSLATE_NOOP("engine", "it is damaged, or no queue; delete it to begin anew"),
    QT_TRANSLATE_NOOP("engine", "it is damaged, or no file of steps"),
    QT_TRANSLATE_NOOP("engine", "it cannot be read; choose a JSON file of steps"),
    QT_TRANSLATE_NOOP("engine", "its step %1 has no task that this version of the program knows"),
    QT_TRANSLATE_NOOP("engine", "in its step %1 (%2) %3"),
    QT_TRANSLATE_NOOP("engine", "the mask is neither a file's name nor true"),
    QT_TRANSLATE_NOOP("engine", "the strength makes no sense"),
    QT_TRANSLATE_NOOP("engine", "the strength of %1 must be from 0 to 1, not %2"),
    QT_TRANSLATE_NOOP("engine", "the kernel is damaged"),
    QT_TRANSLATE_NOOP("engine", "the kernel must have two odd sides of at most %1 pixels"),
    QT_TRANSLATE_NOOP("engine", "the numbers of the kernel must be finite, not below 0 and not all 0"),
    QT_TRANSLATE_NOOP("engine", "the step had a mask that was painted and not kept, so give another one"),
)
"""What is wrong with names, queues and steps."""


LEVELS = (
    QT_TRANSLATE_NOOP("engine", "%1 must be a number, not %2"),
    QT_TRANSLATE_NOOP("engine", "%1 must be a number"),
    QT_TRANSLATE_NOOP("engine", "%1 must be from %2 to %3, not %4"),
    QT_TRANSLATE_NOOP("engine", "%1 must be a whole number, not %2"),
    QT_TRANSLATE_NOOP("engine", "it has no automatic %1, give a value"),
    QT_TRANSLATE_NOOP("engine", "a blur kernel is needed"),
    QT_TRANSLATE_NOOP("engine", "a mask of what to fill is needed"),
    QT_TRANSLATE_NOOP("engine", "a kernel has two odd sides of at most %1 pixels"),
    QT_TRANSLATE_NOOP("engine", "the numbers of a kernel must be finite and sum to 1"),
    QT_TRANSLATE_NOOP("engine", "a mask is one plane of yes and no"),
    QT_TRANSLATE_NOOP("engine", "what shows of the filling is told for every pixel of the mask"),
    QT_TRANSLATE_NOOP("engine", "the mask must be %1, like the picture"),
    QT_TRANSLATE_NOOP("engine", "%1 x %2 pixels"),
    QT_TRANSLATE_NOOP("engine", "it is %1 x %2 pixels, larger than the picture of %3: take a smaller one"),
    QT_TRANSLATE_NOOP("engine", "it is %1 x %2 pixels, a kernel has at most %3 on a side: cut it out"),
    QT_TRANSLATE_NOOP("engine", "the path is wider than %1 pixels, draw a shorter one"),
    QT_TRANSLATE_NOOP(
        "engine", "there is no folder for what is worked on; check the permissions of the user's cache folder"
    ),
    QT_TRANSLATE_NOOP("engine", "the frame is too small, draw it around the whole light"),
    QT_TRANSLATE_NOOP("engine", "the frame is too large, draw it around one light alone"),
    QT_TRANSLATE_NOOP("engine", "no light stands out of the dark here, frame a small bright point"),
    QT_TRANSLATE_NOOP("engine", "the light reaches the edge of the frame, draw the frame larger"),
    QT_TRANSLATE_NOOP("engine", "a kernel is a plane of numbers, with rows and columns"),
    QT_TRANSLATE_NOOP("engine", "it has numbers that are not finite, mend it where it was made"),
    QT_TRANSLATE_NOOP("engine", "it is all black, a kernel is a bright trace on black"),
    QT_TRANSLATE_NOOP("engine", "it is the same everywhere, a kernel is a bright trace on black"),
    QT_TRANSLATE_NOOP("engine", "it is no array of numbers"),
)
"""What is wrong with a level, a kernel or a mask."""


MODELS = (
    QT_TRANSLATE_NOOP("engine", "it holds numbers that are not finite, get the file again"),
    QT_TRANSLATE_NOOP("engine", "it is not a model of this program"),
    QT_TRANSLATE_NOOP("engine", "it is the state of a training run, use the model.safetensors beside it"),
    QT_TRANSLATE_NOOP("engine", "its weights do not fit its header, get the file again"),
    QT_TRANSLATE_NOOP("engine", "it is not a readable safetensors file, get it again"),
    QT_TRANSLATE_NOOP("engine", "its header is incomplete"),
    QT_TRANSLATE_NOOP("engine", "the file is damaged, get it again"),
    QT_TRANSLATE_NOOP("engine", "there is neither such a file nor a model of yours with that name"),
    QT_TRANSLATE_NOOP("engine", "it was trained for %1, not for %2"),
    QT_TRANSLATE_NOOP("engine", "its net has another shape than the recipe asks for"),
    QT_TRANSLATE_NOOP("engine", "the run cannot be resumed, start a new one"),
    QT_TRANSLATE_NOOP("engine", "it is missing or damaged, install the program again"),
    QT_TRANSLATE_NOOP("engine", "There is no device '%1' on this machine: use %2."),
)
"""Why a model or a device cannot be used."""


NOTICES = (
    QT_TRANSLATE_NOOP("engine", "The mask has another shape than the picture, to which it is stretched."),
    QT_TRANSLATE_NOOP("engine", "This task needs the whole picture in memory at once: about %1."),
    QT_TRANSLATE_NOOP("engine", "Not enough memory on %1: going on with tiles of %2 pixels."),
    QT_TRANSLATE_NOOP("engine", "Not enough memory on %1: starting again on the processor, which is slower."),
    QT_TRANSLATE_NOOP("engine", "A part came out broken in %1: it was computed again in float32."),
    QT_TRANSLATE_NOOP(
        "engine",
        "A part came out broken even in float32: it was left as it is. The model may be damaged.",
    ),
    QT_TRANSLATE_NOOP(
        "engine",
        "A hole is about %1 pixels thick: what is filled in there is smooth guesswork, nothing that was in "
        "the picture.",
    ),
    QT_TRANSLATE_NOOP("engine", "Left out %1: %2."),
)
"""What is told while the work goes on."""


TRAINING = (
    QT_TRANSLATE_NOOP("engine", "there is no such folder"),
    QT_TRANSLATE_NOOP("engine", "it holds no pictures"),
    QT_TRANSLATE_NOOP("engine", "too small to learn from"),
    QT_TRANSLATE_NOOP("engine", "%1 cannot learn from pairs, these can: %2"),
    QT_TRANSLATE_NOOP("engine", "it is the folder of the good pictures too, choose the one of the damaged"),
    QT_TRANSLATE_NOOP("engine", "none of its pictures has the name of a good one, give both the same names"),
    QT_TRANSLATE_NOOP("engine", "it has %1 x %2 pixels and the good one %3 x %4, bring both to the same size"),
    QT_TRANSLATE_NOOP(
        "engine",
        "it does not show what the good picture of that name shows, or is turned or shifted far",
    ),
    QT_TRANSLATE_NOOP("engine", "there is no damaged picture of that name"),
    QT_TRANSLATE_NOOP("engine", "one picture cannot be trained on and judged on, add more"),
    QT_TRANSLATE_NOOP("engine", "it is damaged, start a new run"),
    QT_TRANSLATE_NOOP("engine", "none of its pictures is readable and at least %1 pixels wide"),
    QT_TRANSLATE_NOOP("engine", "its pictures cannot be read any more; check the disk, then go on"),
    QT_TRANSLATE_NOOP(
        "engine",
        "learning goes astray again and again; start a new run with other pictures, or with lower rates",
    ),
    QT_TRANSLATE_NOOP("engine", "it holds a run with another recipe, choose another run folder"),
    QT_TRANSLATE_NOOP("engine", "none of the pictures kept for judging is readable"),
    QT_TRANSLATE_NOOP(
        "engine",
        "not enough memory; close other programs, then go on",
    ),
    QT_TRANSLATE_NOOP("engine", "%1 x %2 pixels, %3 are the least"),
    QT_TRANSLATE_NOOP("engine", "saved as JPEG of quality %1, %2 is the least"),
    QT_TRANSLATE_NOOP("engine", "the same as %1"),
    QT_TRANSLATE_NOOP("engine", "nothing in it is sharp"),
    QT_TRANSLATE_NOOP("engine", "the recipe has unknown entries: %1"),
    QT_TRANSLATE_NOOP("engine", "the recipe cannot be read"),
    QT_TRANSLATE_NOOP("engine", "the recipe is not valid TOML (%1)"),
)
"""Why a picture or a folder cannot be trained with."""


HEADS = (
    QT_TRANSLATE_NOOP("engine", "Cannot open %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot save %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot use %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot use the model %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot train with %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot use the steps in %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot use the queue %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot make names of '%1': %2."),
    QT_TRANSLATE_NOOP("engine", "Wrong level for %1: %2."),
    QT_TRANSLATE_NOOP("engine", "Cannot use this blur: %1."),
    QT_TRANSLATE_NOOP(
        "engine",
        "There are no weights for %1 yet: train some with 'rednet train' and name them with --model.",
    ),
    QT_TRANSLATE_NOOP("engine", "Not enough memory: about %1 MiB are needed. Close other programs and try again."),
    QT_TRANSLATE_NOOP("engine", "Cannot look into %1: %2."),
    QT_TRANSLATE_NOOP("engine", "reading failed"),
    QT_TRANSLATE_NOOP("engine", "%1: something unexpected went wrong (%2: %3)."),
)
"""Whole sentences around a reason."""


TEMPLATES: tuple[str, ...] = tuple(map(str, (*FILES, *SAVING, *WORK, *LEVELS, *MODELS, *NOTICES, *TRAINING, *HEADS)))
