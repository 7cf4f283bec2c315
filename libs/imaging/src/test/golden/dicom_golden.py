"""What pydicom reads from DICOM files, for GoldenDicomTest and PydicomFilesTest.

    pip install pydicom==3.0.2 numpy pylibjpeg pylibjpeg-libjpeg pylibjpeg-openjpeg pylibjpeg-rle python-gdcm pillow
    python dicom_golden.py                 small files of every kind, made here: src/test/resources/golden/dicom.golden.gz
    python dicom_golden.py --pydicom FILE  pydicom's own test files and transcodings of them, which stay outside the project:
                                           run the tests with RTDA_PYDICOM_GOLDEN=FILE

Pixels, rescaling, windows, tables and colours are pydicom's. Done here: samples begin at 0, MONOCHROME1 is inverted,
windowed values are scaled from pydicom's output range to 0..65535, padding is black.

The container: golden_format.py. Keys: "none 1" (without a window, frame 1) and "file 1" (the file's own window).
"""
import argparse
import copy
import io
import multiprocessing
import pathlib
import shutil
import sys
import tempfile
import warnings

import gdcm
import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filewriter import dcmwrite
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut, pixel_array
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    SecondaryCaptureImageStorage,
)

import golden_format
from golden_format import entry, record, write_container

warnings.simplefilter("ignore")
GOLDEN = golden_format.FOLDER / "dicom.golden.gz"


# ---- expected values -------------------------------------------------------------------------------------------------


JPEG = ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51")


def decoded(ds, index):
    """The frame by the first of pydicom's decoders that can; colours come as RGB.

    Lossy JPEG leaves decoders some freedom; GDCM's and Java's are both of the Independent JPEG Group.
    """
    lossy = ds.file_meta.get("TransferSyntaxUID") in JPEG
    failure = None
    for plugin in ("gdcm", "pylibjpeg") if lossy else ("pylibjpeg", "gdcm", "pydicom", ""):
        try:
            return pixel_array(ds, index=index, decoding_plugin=plugin)
        except Exception as e:  # whichever exception a plug-in likes
            failure = failure or e
    raise failure


def grey_scale(ds, stored, window):
    """Samples and their bits."""
    signed = ds.PixelRepresentation == 1
    bits = ds.BitsStored
    inverted = ds.PhotometricInterpretation == "MONOCHROME1"
    least = -(1 << bits - 1) if signed else 0
    has_window = "WindowCenter" in ds and ds.WindowCenter is not None
    if window and ("VOILUTSequence" in ds or has_window):
        values = apply_voi_lut(apply_modality_lut(stored, ds), ds)
        if "VOILUTSequence" in ds:
            out, out_bits = values, ds.VOILUTSequence[0].LUTDescriptor[2]
        else:
            # the range that pydicom's apply_windowing gives
            if "ModalityLUTSequence" in ds:
                low, high = 0, (1 << ds.ModalityLUTSequence[0].LUTDescriptor[2]) - 1
            else:
                low, high = least, least + (1 << bits) - 1
                if "RescaleSlope" in ds and ds.RescaleSlope is not None:
                    low = low * float(ds.RescaleSlope) + float(ds.RescaleIntercept)
                    high = high * float(ds.RescaleSlope) + float(ds.RescaleIntercept)
            out, out_bits = np.floor((values - low) / (high - low) * 65535 + 0.5), 16
    elif "ModalityLUTSequence" in ds:
        out, out_bits = apply_modality_lut(stored, ds), ds.ModalityLUTSequence[0].LUTDescriptor[2]
    else:
        out, out_bits = stored.astype(np.int64) - least, bits
        if "RescaleSlope" in ds and ds.RescaleSlope is not None and ds.RescaleSlope < 0:
            out = (1 << bits) - 1 - out
    if inverted:
        out = (1 << out_bits) - 1 - out
    if ds.get("PixelPaddingValue") is not None:
        pad = ds.PixelPaddingValue
        limit = ds.get("PixelPaddingRangeLimit", pad)
        out = np.where((stored >= min(pad, limit)) & (stored <= max(pad, limit)), 0, out)
    return out, out_bits


def expected(path):
    """The file's entry in the container."""
    ds = pydicom.dcmread(path, force=True)
    records, reason = [], ""
    try:
        if "PixelData" not in ds:
            raise ValueError("no pixels")
        frames = int(ds.get("NumberOfFrames") or 1)
        for frame in sorted({1, frames}):
            stored = decoded(ds, frame - 1)
            if ds.PhotometricInterpretation == "PALETTE COLOR":
                bits = ds.RedPaletteColorLookupTableDescriptor[2]
                records.append(record(f"none {frame}", apply_color_lut(stored, little_endian_palette(ds)), bits))
            elif ds.SamplesPerPixel == 3:
                records.append(record(f"none {frame}", stored, ds.BitsStored))
            else:
                for key in ("none", "file"):
                    records.append(record(f"{key} {frame}", *grey_scale(ds, stored, key == "file")))
    except Exception as e:
        records, reason = [], type(e).__name__ + ": " + str(e)[:200]
    return entry(path, reason, records)


def little_endian_palette(ds):
    """pydicom takes the words of palettes as little endian in big-endian files, too."""
    if ds.original_encoding[1] is False:
        for colour in ("Red", "Green", "Blue"):
            data = ds[f"{colour}PaletteColorLookupTableData"]
            data.value = np.frombuffer(data.value, ">u2").astype("<u2").tobytes()
    return ds


# ---- transcodings -----------------------------------------------------------------------------------------------------

NATIVE = {
    "implicit": ImplicitVRLittleEndian,
    "explicit": ExplicitVRLittleEndian,
    "big": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
}
GDCM = {
    "jpeg-baseline": gdcm.TransferSyntax.JPEGBaselineProcess1,
    "jpeg-extended": gdcm.TransferSyntax.JPEGExtendedProcess2_4,
    "jpeg-lossless-57": gdcm.TransferSyntax.JPEGLosslessProcess14,
    "jpeg-lossless-70": gdcm.TransferSyntax.JPEGLosslessProcess14_1,
    "jpeg-ls": gdcm.TransferSyntax.JPEGLSLossless,
    "jpeg-ls-near": gdcm.TransferSyntax.JPEGLSNearLossless,
    "jpeg-2000-lossless": gdcm.TransferSyntax.JPEG2000Lossless,
    "jpeg-2000": gdcm.TransferSyntax.JPEG2000,
    "rle-gdcm": gdcm.TransferSyntax.RLELossless,
}


def transcode(source, folder, stem):
    """Writes the dataset in every syntax that pydicom or GDCM can write from it."""
    made = []
    native = folder / "source.tmp"
    write(source, native, ExplicitVRLittleEndian)
    for name, syntax in NATIVE.items():
        path = folder / f"{stem}-{name}.dcm"
        write(source, path, syntax)
        made.append(path)
    path = folder / f"{stem}-rle.dcm"
    try:
        ds = pydicom.dcmread(native)
        ds.compress(pydicom.uid.RLELossless, encoding_plugin="pydicom", generate_instance_uid=False)
        ds.save_as(path)
        made.append(path)
    except Exception as e:
        print(f"{path.name}: {e}")
    # OpenJPEG's encoder takes no smaller ones, and pydicom neither palettes nor halved chrominance
    if source.Rows >= 64 and source.PhotometricInterpretation in ("MONOCHROME2", "RGB"):
        path = folder / f"{stem}-jpeg-2000-lossy.dcm"
        ds = pydicom.dcmread(native)
        ds.compress(pydicom.uid.JPEG2000, j2k_cr=[4], generate_instance_uid=False)
        ds.save_as(path)
        made.append(path)
    for name, syntax in GDCM.items():
        path = folder / f"{stem}-{name}.dcm"
        if gdcm_transcode(native, path, syntax):
            made.append(path)
        else:
            path.unlink(missing_ok=True)
    native.unlink()
    return made


def gdcm_transcode(source, target, syntax):
    """In a process of its own: some conversions end it."""
    child = multiprocessing.get_context("fork").Process(target=change_syntax, args=(source, target, syntax))
    child.start()
    child.join()
    return child.exitcode == 0


def change_syntax(source, target, syntax):
    sys.exit(0 if changed_syntax(source, target, syntax) else 1)


def changed_syntax(source, target, syntax):
    reader = gdcm.ImageReader()
    reader.SetFileName(str(source))
    if not reader.Read():
        return False
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    change.SetInput(reader.GetImage())
    try:
        if not change.Change():
            return False
    except Exception:
        return False
    writer = gdcm.ImageWriter()
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    writer.SetFileName(str(target))
    return writer.Write()


def write(source, path, syntax):
    ds = copy.deepcopy(source)
    if syntax == ExplicitVRBigEndian and ds.BitsAllocated == 16:
        ds.PixelData = np.frombuffer(ds.PixelData, "<u2").astype(">u2").tobytes()
    elif syntax == ExplicitVRBigEndian and ds["PixelData"].VR == "OW":
        ds["PixelData"].VR = "OB"
    if syntax == ExplicitVRBigEndian and ds.get("RedPaletteColorLookupTableData"):
        for colour in ("Red", "Green", "Blue"):
            data = ds[f"{colour}PaletteColorLookupTableData"]
            data.value = np.frombuffer(data.value, "<u2").astype(">u2").tobytes()
    ds.file_meta.TransferSyntaxUID = syntax
    list(ds.iterall())  # values that are still raw bytes would be written in the order in which they were read
    dcmwrite(
        path,
        ds,
        implicit_vr=syntax == ImplicitVRLittleEndian,
        little_endian=syntax != ExplicitVRBigEndian,
        enforce_file_format=True,
    )


# ---- files made here ---------------------------------------------------------------------------------------------------


def base(pixels, photometric, bits, signed=False):
    """A data set without a word about anybody; pixels H x W or H x W x 3."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.SOPClassUID = SecondaryCaptureImageStorage
    ds.SOPInstanceUID = "1.2.3.4"
    ds.PatientID = "P-17"
    ds.Manufacturer = "Maker"
    ds.ManufacturerModelName = "Model 3"
    ds.Rows, ds.Columns = pixels.shape[-3:-1] if photometric in ("RGB", "YBR_FULL") else pixels.shape[-2:]
    ds.SamplesPerPixel = 3 if photometric in ("RGB", "YBR_FULL", "YBR_FULL_422") else 1
    ds.PhotometricInterpretation = photometric
    if ds.SamplesPerPixel == 3:
        ds.PlanarConfiguration = 0
    ds.BitsAllocated = 8 if bits <= 8 else 16
    ds.BitsStored = bits
    ds.HighBit = bits - 1
    ds.PixelRepresentation = int(signed)
    kind = ("i" if signed else "u") + ("1" if bits <= 8 else "2")
    ds.PixelData = pixels.astype("<" + kind).tobytes()
    if len(ds.PixelData) % 2:
        ds.PixelData += b"\0"
    ds["PixelData"].VR = "OB" if bits <= 8 else "OW"
    return ds


def table(bits, count, function):
    item = Dataset()
    item.LUTDescriptor = [count, 0, bits]
    item.LUTData = [int(function(i)) for i in range(count)]
    item["LUTData"].VR = "US"
    item["LUTDescriptor"].VR = "US"
    return item


def sources():
    random = np.random.default_rng(25)
    height, width = 15, 22
    y, x = np.mgrid[0:height, 0:width]

    def grey(bits, signed=False):
        values = (x * 37 + y * 91) * (1 << bits) // 2500 + random.integers(0, 1 + (1 << bits) // 50, (height, width))
        values = np.clip(values, 0, (1 << bits) - 1)
        values[0, 0], values[0, 1] = 0, (1 << bits) - 1
        return values - (1 << bits - 1) if signed else values

    rgb = np.stack([(x * 11) % 256, (y * 16) % 256, (x * 5 + y * 7) % 256], -1)
    return {
        "grey8": base(grey(8), "MONOCHROME2", 8),
        "grey8-signed": base(grey(8, True), "MONOCHROME2", 8, True),
        "grey10": base(grey(10), "MONOCHROME2", 10),
        "grey12": base(grey(12), "MONOCHROME2", 12),
        "grey12-signed": base(grey(12, True), "MONOCHROME2", 12, True),
        "grey16": base(grey(16), "MONOCHROME2", 16),
        "grey16-signed": base(grey(16, True), "MONOCHROME2", 16, True),
        "rgb": base(rgb, "RGB", 8),
        "ybr-full": base(rgb, "YBR_FULL", 8),
    }, special(grey, rgb, random)


def special(grey, rgb, random):
    made = {}

    def add(name, ds, **attributes):
        for key, value in attributes.items():
            setattr(ds, key, value)
        made[name] = ds
        return ds

    linear = {"RescaleSlope": 1, "RescaleIntercept": -1024}
    add("mono1", base(grey(12), "MONOCHROME1", 12))
    add("mono1-window", base(grey(12), "MONOCHROME1", 12), WindowCenter=1800, WindowWidth=1500)
    add("window", base(grey(12), "MONOCHROME2", 12), WindowCenter=[1800, 3], WindowWidth=[1500, 4])
    add("window-ct", base(grey(12), "MONOCHROME2", 12), WindowCenter=40, WindowWidth=400, **linear)
    add("window-ct-signed", base(grey(16, True), "MONOCHROME2", 16, True), WindowCenter=40, WindowWidth=4000, **linear)
    for function in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
        add(
            "window-" + function.lower().replace("_", "-"),
            base(grey(12), "MONOCHROME2", 12),
            WindowCenter="1000.5",
            WindowWidth="777.25",
            VOILUTFunction=function,
        )
    add("window-width-1", base(grey(8), "MONOCHROME2", 8), WindowCenter=100, WindowWidth=1)
    add("slope-falls", base(grey(12), "MONOCHROME2", 12), RescaleSlope="-0.5", RescaleIntercept=100)
    add("slope-fraction", base(grey(12), "MONOCHROME2", 12), RescaleSlope="0.684", RescaleIntercept=200, WindowCenter=1600, WindowWidth=2800)
    ds = add("modality-table", base(grey(8), "MONOCHROME2", 8), ModalityLUTSequence=[table(16, 256, lambda i: 65535 - i * i)])
    ds.ModalityLUTSequence[0].ModalityLUTType = "US"
    ds = add("modality-table-window", base(grey(8), "MONOCHROME2", 8), ModalityLUTSequence=[table(16, 256, lambda i: i * i)], WindowCenter=20000, WindowWidth=30000)
    ds.ModalityLUTSequence[0].ModalityLUTType = "US"
    add("voi-table", base(grey(10), "MONOCHROME2", 10), VOILUTSequence=[table(14, 900, lambda i: i * 18)])
    ds = add("voi-table-signed", base(grey(10), "MONOCHROME2", 10), VOILUTSequence=[table(10, 300, lambda i: 1023 - i * 3)], RescaleSlope=1, RescaleIntercept=-512)
    ds.VOILUTSequence[0]["LUTDescriptor"].VR = "SS"
    ds.VOILUTSequence[0].LUTDescriptor = [300, -100, 10]
    ds = add("padding", base(grey(12, True), "MONOCHROME1", 12, True), PixelPaddingValue=-2048)
    ds["PixelPaddingValue"].VR = "SS"
    ds = add("padding-range", base(grey(12), "MONOCHROME2", 12), PixelPaddingValue=4000, PixelPaddingRangeLimit=3500, WindowCenter=2000, WindowWidth=4000)
    ds["PixelPaddingValue"].VR = ds["PixelPaddingRangeLimit"].VR = "US"
    planar = base(rgb, "RGB", 8)
    planar.PixelData = np.ascontiguousarray(np.moveaxis(rgb, 2, 0)).astype("u1").tobytes()
    add("rgb-planar", planar, PlanarConfiguration=1)
    halves = np.zeros((15, 44), int)
    halves[:, 0::4], halves[:, 1::4] = rgb[:, 0::2, 0], rgb[:, 1::2, 0]
    halves[:, 2::4], halves[:, 3::4] = rgb[:, 0::2, 1], rgb[:, 0::2, 2]
    ds = base(halves, "YBR_FULL_422", 8)
    add("ybr-full-422", ds, Columns=22)
    add("rgb16", base(rgb * 257, "RGB", 16))
    frames = base(np.stack([grey(12), grey(12) // 2, grey(12) // 3]), "MONOCHROME2", 12)
    add("frames", frames, NumberOfFrames=3)
    unused = grey(10) | random.integers(0, 64, (15, 22)) << 10
    add("unused-bits", base(unused, "MONOCHROME2", 16), BitsStored=10, HighBit=9)
    for bits in (8, 16):
        palette = base(grey(8), "PALETTE COLOR", 8)
        for number, colour in enumerate(("Red", "Green", "Blue")):
            setattr(palette, f"{colour}PaletteColorLookupTableDescriptor", [200, 20, bits])
            palette[f"{colour}PaletteColorLookupTableDescriptor"].VR = "US"
            values = (np.arange(200) * (number + 1) * (1 if bits == 8 else 107)) % (1 << bits)
            setattr(palette, f"{colour}PaletteColorLookupTableData", values.astype("<u" + str(bits // 8)).tobytes())
        add(f"palette{bits}", palette)
    return made


def functional_groups(ds):
    """The windows of each frame as an enhanced image has them; pydicom leaves finding them to its caller, which is here."""
    frames = []
    for center in (500, 1000, 1500):
        window = Dataset()
        window.WindowCenter, window.WindowWidth = center, 900
        item = Dataset()
        item.FrameVOILUTSequence = [window]
        frames.append(item)
    rescale = Dataset()
    rescale.RescaleSlope, rescale.RescaleIntercept = 2, -100
    shared = Dataset()
    shared.PixelValueTransformationSequence = [rescale]
    ds.SharedFunctionalGroupsSequence = [shared]
    ds.PerFrameFunctionalGroupsSequence = frames
    return ds


def make_small(folder):
    basic, odd = sources()
    made = []
    for stem, ds in basic.items():
        made += transcode(ds, folder, stem)
    for stem, ds in odd.items():
        path = folder / f"{stem}.dcm"
        write(ds, path, ImplicitVRLittleEndian if stem == "voi-table" else ExplicitVRLittleEndian)
        made.append(path)
    for name in ("jpeg-lossless-70", "jpeg-2000-lossless", "rle-gdcm"):
        path = folder / f"frames-{name}.dcm"
        assert gdcm_transcode(folder / "frames.dcm", path, GDCM[name]), path
        made.append(path)
    made += jpeg_colours(odd["rgb-planar"], folder)
    for stem in ("modality-table-window", "palette16"):
        path = folder / f"{stem}-big.dcm"
        write(odd[stem], path, ExplicitVRBigEndian)
        made.append(path)
    y, x = np.mgrid[0:64, 0:64]
    for stem, values, bits, signed in (("grey8", x * 2 + y, 8, False), ("grey16-signed", x * 500 - y * 400, 16, True)):
        write(base(values, "MONOCHROME2", bits, signed), folder / "large.tmp", ExplicitVRLittleEndian)
        ds = pydicom.dcmread(folder / "large.tmp")
        ds.compress(pydicom.uid.JPEG2000, j2k_cr=[4], generate_instance_uid=False)
        made.append(folder / f"{stem}-jpeg-2000-lossy.dcm")
        ds.save_as(made[-1])
    return [expected(path) for path in made] + [enhanced(odd["frames"], folder)]


def jpeg_colours(planar, folder):
    """Colours in JPEG as they should be; GDCM marks luminance as RGB (rgb-jpeg-baseline)."""
    rgb = np.moveaxis(np.frombuffer(planar.PixelData, np.uint8).reshape(3, 15, 22), 0, 2)
    made = []
    for name, photometric, options in (
        ("rgb-jpeg-proper", "RGB", {"keep_rgb": True}),
        ("ybr-full-422-jpeg", "YBR_FULL_422", {"subsampling": 1}),
    ):
        stream = io.BytesIO()
        Image.fromarray(rgb).save(stream, "JPEG", quality=90, **options)
        ds = base(rgb, "RGB", 8)
        ds.PhotometricInterpretation = photometric
        ds.PixelData = encapsulate([stream.getvalue()])
        ds["PixelData"].is_undefined_length = True
        ds.file_meta.TransferSyntaxUID = JPEG[0]
        made.append(folder / f"{name}.dcm")
        ds.save_as(made[-1], enforce_file_format=True)
    return made


def enhanced(frames, folder):
    """One record for each frame, by pydicom's functions on the values that stand in the frame's groups."""
    ds = functional_groups(frames)
    path = folder / "frames-enhanced.dcm"
    write(ds, path, ExplicitVRLittleEndian)
    written = pydicom.dcmread(path)
    records = []
    for frame in (1, 3):
        flat = Dataset()
        for source in (
            ds.SharedFunctionalGroupsSequence[0].PixelValueTransformationSequence[0],
            ds.PerFrameFunctionalGroupsSequence[frame - 1].FrameVOILUTSequence[0],
        ):
            for element in source:
                flat[element.tag] = element
        flat.PhotometricInterpretation, flat.BitsStored, flat.PixelRepresentation = "MONOCHROME2", 12, 0
        records.append(record(f"file {frame}", *grey_scale(flat, decoded(written, frame - 1), True)))
    return entry(path, "", records)


# ---- pydicom's files ---------------------------------------------------------------------------------------------------

TRANSCODED = (
    "CT_small",
    "MR_small",
    "SC_rgb_small_odd",
    "examples_palette",
    "examples_overlay",
    "examples_rgb_color",
    "SC_ybr_full_422_uncompressed",
)


def pydicoms_own(folder):
    base_folder = pathlib.Path(pydicom.__file__).parent / "data" / "test_files"
    made = []
    for path in sorted(base_folder.rglob("*")):
        other = path.name.startswith("README") or path.suffix in (".icc", ".json", ".dump", ".gz")
        if path.is_file() and not other:
            target = folder / "_".join(path.relative_to(base_folder).parts)
            shutil.copyfile(path, target)
            made.append(target)
    for name in TRANSCODED:
        made += transcode(pydicom.dcmread(base_folder / f"{name}.dcm"), folder, "transcoded " + name)
    return [expected(path) for path in made]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pydicom", metavar="FILE", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        working = pathlib.Path(temporary)
        if arguments.pydicom:
            write_container(arguments.pydicom, pydicoms_own(working))
        else:
            write_container(GOLDEN, make_small(working))
