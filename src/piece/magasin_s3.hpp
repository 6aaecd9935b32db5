// The store in a bucket of an S3 service: PREFIX ab/cdef…, the names of the local directory, so that either
// may be copied to the other by any tool. What is received waits in the airlock of this machine (sas.hpp)
// until the bucket has it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "piece/magasin.hpp"
#include "piece/s3_client.hpp"

namespace piece {

class MagasinS3 final : public Magasin {
public:
    /// Asks nothing of the service: a platform starts while its store is away. At most `lecteurs` reads wait
    /// for it at once, so that people who look at pictures of a silent store do not hold every worker.
    MagasinS3(const Config::S3&, unsigned lecteurs);

    void garder(Lecture&, const std::stop_token& = {}) override;
    [[nodiscard]] std::unique_ptr<Lecture> ouvrir(std::string_view sha256) const override;
    [[nodiscard]] bool existe(std::string_view sha256) const override;
    bool retirer(std::string_view sha256, std::chrono::seconds repos) override;
    void parcourir(std::chrono::seconds repos,
                   const std::function<void(const std::string& sha256)>&) const override;
    std::string marque(std::string_view proposee) override;
    [[nodiscard]] bool distant() const override { return true; }

private:
    friend class LectureS3;
    class Passage;

    /// Bytes `position`… of an object; throws ContenuPerdu when there is no such object.
    [[nodiscard]] s3::Reponse lire_portee(std::string_view sha256, std::uint64_t position,
                                          std::size_t n) const;
    /// The first byte and the headers; nothing when there is no such object.
    [[nodiscard]] std::optional<s3::Reponse> regarder(const std::string& cle) const;
    void garder_en_morceaux(const std::string& cle, Lecture&, const std::stop_token&);

    mutable s3::Client client_;
    unsigned lecteurs_;
    mutable std::mutex mutex_;
    mutable std::condition_variable place_;
    mutable unsigned en_cours_ = 0;
    mutable bool absent_ = false; // the last read was not answered
    mutable std::string pourquoi_;
    mutable std::chrono::steady_clock::time_point prochain_essai_{};
};

} // namespace piece
