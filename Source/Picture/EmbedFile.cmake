# cmake -DINPUT=FILE -DOUTPUT=FILE.cpp -DNAME=symbol [-DNAMESPACE=name] -P EmbedFile.cmake
# Turns a file into a C++ array; JUCE's own tool for this is not at hand in every build.
if(NOT NAMESPACE)
    set(NAMESPACE organum::picture)
endif()
file(READ "${INPUT}" content HEX)
string(LENGTH "${content}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," content "${content}")
string(REGEX REPLACE "(................................................................................)"
       "\\1\n" content "${content}")
file(WRITE "${OUTPUT}"
     "// Made from a file in Assets.\n#include <cstddef>\n"
     "namespace ${NAMESPACE}\n{\n"
     "extern const unsigned char ${NAME}[];\nextern const std::size_t ${NAME}Size;\n"
     "const unsigned char ${NAME}[] = {\n${content}};\n"
     "const std::size_t ${NAME}Size = ${size};\n}\n")
