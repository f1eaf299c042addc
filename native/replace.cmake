# cmake -DFROM=… -DTO=… -P replace.cmake: the file TO becomes a copy of FROM, at once and as a new file: processes that
# have the old one mapped keep it, where overwriting would pull it away under them.
string(RANDOM LENGTH 12 unique)
set(draft "${TO}.${unique}")
get_filename_component(folder "${TO}" DIRECTORY)
file(MAKE_DIRECTORY "${folder}")
execute_process(COMMAND "${CMAKE_COMMAND}" -E copy "${FROM}" "${draft}" COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${draft}" "${TO}")
